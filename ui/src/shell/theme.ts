import { ref, watchEffect } from 'vue'
import { keep, kept } from './kept.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'theme'

/** What the person chose; `system` follows the device, which the style sheet does by itself. */
export const theme = ref<Theme>('system')

/** Shows the page in the chosen theme from now on. */
export function startTheme(): void {
  theme.value = THEMES.find((name) => name === kept(KEY)) ?? 'system'
  watchEffect(() => {
    if (theme.value === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme.value
    keep(KEY, theme.value)
  })
}
