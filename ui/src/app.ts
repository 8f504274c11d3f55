import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './shell/app.vue'
import { startI18n } from './shell/i18n/i18n.ts'
import { router } from './shell/router.ts'

const i18n = await startI18n()
createApp(App).use(createPinia()).use(i18n).use(router).mount('#app')
