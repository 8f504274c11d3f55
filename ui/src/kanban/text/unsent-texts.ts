import { ref } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { keep, keptUnder } from '../../shell/kept.ts'

const KEY = 'unsentText.'

/** Cards whose texts have changes that the server has not stored, as far as this browser knows. */
export const unsentTexts = ref<ReadonlySet<Id>>(new Set(keptUnder(KEY)))

/** Remembers, over reloads too, whether the text of a card has such changes. */
export function markText(cardId: Id, isUnsent: boolean): void {
  if (!isUnsent) refuseText(cardId, undefined)
  if (unsentTexts.value.has(cardId) === isUnsent) return
  keep(KEY + cardId, isUnsent ? '1' : null)
  const others = [...unsentTexts.value].filter((id) => id !== cardId)
  unsentTexts.value = new Set(isUnsent ? [...others, cardId] : others)
}

/** Why the server will not take what is unsent of a text. */
export type TextRefusal = 'gone' | 'readOnly' | 'tooLarge'

/** Of those texts the ones the server was asked to take and did not, as far as this page knows. */
export const refusedTexts = ref<ReadonlyMap<Id, TextRefusal>>(new Map())

/** Remembers that a text was refused; undefined that it may be taken after all. */
export function refuseText(cardId: Id, why: TextRefusal | undefined): void {
  if (refusedTexts.value.get(cardId) === why) return
  const others = [...refusedTexts.value].filter(([id]) => id !== cardId)
  refusedTexts.value = new Map(why ? [...others, [cardId, why]] : others)
}
