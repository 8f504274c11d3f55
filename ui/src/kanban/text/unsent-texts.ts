import { ref } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { keep, keptUnder } from '../../shell/kept.ts'

const KEY = 'unsentText.'

/** Cards whose texts have changes that the server has not stored, as far as this browser knows. */
export const unsentTexts = ref<ReadonlySet<Id>>(new Set(keptUnder(KEY)))

/** Remembers, over reloads too, whether the text of a card has such changes. */
export function markText(cardId: Id, isUnsent: boolean): void {
  if (unsentTexts.value.has(cardId) === isUnsent) return
  keep(KEY + cardId, isUnsent ? '1' : null)
  const others = [...unsentTexts.value].filter((id) => id !== cardId)
  unsentTexts.value = new Set(isUnsent ? [...others, cardId] : others)
}
