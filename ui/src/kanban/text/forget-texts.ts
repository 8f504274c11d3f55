import type { Id } from '#core/kernel/ids.ts'
import { forgetUnsentTexts, isUnsent, markText } from './unsent-texts.ts'

/** What the databases of texts are called in this browser: this, the person and the card. */
const PREFIX = 'projectflow.text.'

export const databaseOf = (userId: Id, cardId: Id) => `${PREFIX}${userId}.${cardId}`

/** Gives up what is unsent of a text that is not open here. */
export function forgetText(userId: Id, cardId: Id): void {
  markText(cardId, false)
  globalThis.indexedDB?.deleteDatabase(databaseOf(userId, cardId))
}

/** Forgets texts this browser need not show any more, but for those with something unsent. */
export function forgetTextsOf(userId: Id, cardIds: readonly Id[]): void {
  const sent = cardIds.filter((cardId) => !isUnsent(userId, cardId))
  for (const cardId of sent) globalThis.indexedDB?.deleteDatabase(databaseOf(userId, cardId))
}

/** The same for those of whoever else has used this browser. */
export async function forgetTextsOfOthers(userId: Id): Promise<void> {
  for (const [owner, cardId] of await keptTexts()) {
    if (owner !== userId) forgetTextsOf(owner, [cardId])
  }
}

/** Forgets all texts this browser keeps, of whomever; those still open as soon as they are closed. */
export async function forgetTexts(): Promise<void> {
  forgetUnsentTexts()
  for (const [owner, cardId] of await keptTexts()) {
    indexedDB.deleteDatabase(databaseOf(owner, cardId))
  }
}

/** Whose texts of which cards this browser keeps; none where it does not tell. */
async function keptTexts(): Promise<[userId: Id, cardId: Id][]> {
  const all = (await globalThis.indexedDB?.databases?.().catch(() => [])) ?? []
  const names = all.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name] : []))
  return names.map((name) => name.slice(PREFIX.length).split('.') as [Id, Id])
}
