import type { Knex } from 'knex'
import { dueCards, type DueCard } from '#activities/kanban/queries.ts'
import { inBatches } from '#core/platform/in-batches.ts'
import { addToInboxes } from './add-to-inboxes.ts'

const DAY_MS = 24 * 3_600 * 1_000

/** Reminds assignees of cards due today or tomorrow (UTC), once for each day a card is due on. */
export async function notifyDue(database: Knex, nowMs = Date.now()): Promise<number> {
  const days = [nowMs, nowMs + DAY_MS].map((ms) => new Date(ms).toISOString().slice(0, 10))
  let last: DueCard | undefined
  return await inBatches(database, async (trx, rowsMax) => {
    const due = await dueCards(trx, days, last, rowsMax)
    last = due.at(-1)
    await addToInboxes(
      trx,
      due.map(({ dueOn, ...card }) => ({
        ...card,
        kind: 'due' as const,
        excerpt: dueOn,
        effectKey: `due/${card.cardId}/${card.userId}/${dueOn}`,
      })),
    )
    return due.length
  })
}
