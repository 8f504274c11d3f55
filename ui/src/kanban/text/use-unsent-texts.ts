import { useDebounceFn, useEventListener } from '@vueuse/core'
import { onMounted, watch } from 'vue'
import { onKeptElsewhere } from '../../shell/on-kept-elsewhere.ts'
import { sendTexts } from './send-texts.ts'
import { readUnsentTexts, unkeptTexts, unsentTexts } from './unsent-texts.ts'

/** The page that writes in a text sends it within moments, as long as it lives. */
const OTHERS_WAIT_MS = 5_000

/** Sends what was left unsent of texts, by this page or another of the browser, from whatever page. */
export function useUnsentTexts(): void {
  onMounted(readUnsentTexts)
  onKeptElsewhere('unsentText.', readUnsentTexts)
  watch(
    unsentTexts,
    useDebounceFn(() => void sendTexts(), OTHERS_WAIT_MS),
  )
  useEventListener(window, 'beforeunload', (event) => {
    if (unkeptTexts.value.size > 0) event.preventDefault()
  })
}
