import { createSharedComposable, useMediaQuery } from '@vueuse/core'

/** Whether the screen is a phone's: the style sheets say the same with `width < 640px`. */
export const useNarrow = createSharedComposable(() => useMediaQuery('(width < 640px)'))
