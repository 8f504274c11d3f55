import { computed, ref } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { owner } from '../../shell/access.ts'
import { keep, kept, keptUnder } from '../../shell/kept.ts'

/** Under the name of whose they are: somebody else may sit here next without the first having signed out. */
const keyOf = (cardId: string, userId = owner() ?? '') => `unsentText.${userId}.${cardId}`

/** What was changed in this page, and what other pages have left or have open. */
const own = ref<ReadonlySet<Id>>(new Set())
const others = ref<ReadonlySet<Id>>(new Set())

/** Cards whose texts have changes that the server has not stored, as far as this browser knows. */
export const unsentTexts = computed<ReadonlySet<Id>>(() => new Set([...own.value, ...others.value]))

/** Of those texts the ones this browser does not keep: they end with the page. */
export const unkeptTexts = ref<ReadonlySet<Id>>(new Set())

/** Whether this browser has such changes of somebody's. */
export const isUnsent = (userId: Id, cardId: Id) => kept(keyOf(cardId, userId)) !== null

/** Looks for what pages of this browser have left, or have open. */
export function readUnsentTexts(): void {
  others.value = new Set(keptUnder(keyOf('')))
}

/** Remembers, over reloads too, whether the text of a card has such changes. */
export function markText(cardId: Id, isUnsent: boolean): void {
  if (isUnsent ? own.value.has(cardId) : !unsentTexts.value.has(cardId)) return
  keep(keyOf(cardId), isUnsent ? '1' : null)
  if (isUnsent) {
    own.value = new Set([...own.value, cardId])
    return
  }
  refuseText(cardId, undefined)
  for (const set of [own, others, unkeptTexts]) set.value = without(set.value, cardId)
}

/** They are wanted no more, or somebody else's. */
export function forgetUnsentTexts(): void {
  own.value = others.value = unkeptTexts.value = new Set()
  refusedTexts.value = new Map()
}

/** Remembers whether this browser keeps what is unsent of a text. */
export function markKept(cardId: Id, isKept: boolean): void {
  const rest = without(unkeptTexts.value, cardId)
  unkeptTexts.value = isKept || !own.value.has(cardId) ? rest : new Set([...rest, cardId])
}

const without = (ids: ReadonlySet<Id>, id: Id) => new Set([...ids].filter((other) => other !== id))

/** Why the server will not take what is unsent of a text. */
export type TextRefusal = 'gone' | 'readOnly' | 'tooLarge'

/** Of those texts the ones the server was asked to take and did not, as far as this page knows. */
export const refusedTexts = ref<ReadonlyMap<Id, TextRefusal>>(new Map())

/** Remembers that a text was refused; undefined that it may be taken after all. */
export function refuseText(cardId: Id, why: TextRefusal | undefined): void {
  if (refusedTexts.value.get(cardId) === why) return
  const rest = [...refusedTexts.value].filter(([id]) => id !== cardId)
  refusedTexts.value = new Map(why ? [...rest, [cardId, why]] : rest)
}
