import type { Id } from '#core/kernel/ids.ts'
import { markText, unsentTexts } from './unsent-texts.ts'

/** What the databases of texts are called in this browser: this, the person and the card. */
export const TEXTS_PREFIX = 'projectflow.text.'

/** Gives up what is unsent of a text that is not open here. */
export function forgetText(userId: Id, cardId: Id): void {
  markText(cardId, false)
  indexedDB.deleteDatabase(`${TEXTS_PREFIX}${userId}.${cardId}`)
}

/** Forgets all texts this browser keeps, of whomever; those still open as soon as they are closed. */
export async function forgetTexts(): Promise<void> {
  unsentTexts.value = new Set()
  // Not every browser tells what it has.
  const all = (await globalThis.indexedDB?.databases?.().catch(() => [])) ?? []
  for (const { name } of all) if (name?.startsWith(TEXTS_PREFIX)) indexedDB.deleteDatabase(name)
}
