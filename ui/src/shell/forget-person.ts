import { forgetTexts } from '../kanban/text/forget-texts.ts'
import { LOCALE_KEY } from './i18n/i18n.ts'
import { forgetAllBut } from './kept.ts'
import { DENSITY_KEY } from './shown-density.ts'
import { THEME_KEY } from './shown-theme.ts'

/** Forgets what this browser keeps of whoever used it; how a page looks is the browser's own. */
export function forgetPerson(): void {
  forgetAllBut([THEME_KEY, DENSITY_KEY, LOCALE_KEY])
  void forgetTexts()
}
