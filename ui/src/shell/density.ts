import { ref, watch } from 'vue'
import { keep } from './kept.ts'
import { chosenDensity, DENSITY_KEY, showDensity } from './shown-density.ts'

/** How dense the page is; setting it changes the page and is remembered. */
export const density = ref(chosenDensity())

watch(density, (chosen) => {
  showDensity(chosen)
  keep(DENSITY_KEY, chosen)
})
