import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { within } from '#core/kernel/within.ts'
import App from './shell/app.vue'
import { earlyAnswers } from './shell/early.ts'
import { startI18n } from './shell/i18n/i18n.ts'
import { keepApp } from './shell/new-version.ts'
import { router } from './shell/router.ts'

/** A board that comes within this is shown at once, instead of first drawing its outline. */
const BOARD_WAIT_MS = 100

const i18n = await startI18n()
await within(earlyAnswers(), BOARD_WAIT_MS).catch(() => {})
createApp(App).use(createPinia()).use(i18n).use(router).mount('#app')
// Built files only: what Vite serves while somebody works on it changes under its address.
if (!import.meta.hot) void keepApp()
