import { ref, watch } from 'vue'
import { keep } from './kept.ts'
import { chosenTheme, showTheme, THEME_KEY } from './shown-theme.ts'

/** The theme the page is shown in; setting it changes the page and is remembered. */
export const theme = ref(chosenTheme())

watch(theme, (chosen) => {
  showTheme(chosen)
  keep(THEME_KEY, chosen)
})
