import { kept } from './kept.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const THEME_KEY = 'theme'

/** What the person chose; `system` follows the device, which the style sheet does by itself. */
export function chosenTheme(): Theme {
  return THEMES.find((name) => name === kept(THEME_KEY)) ?? 'system'
}

/** Needs no framework, so that the first thing painted has the right colours. */
export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
