import type { Knex } from 'knex'
import { dueCards, type DueCard } from '#activities/kanban/queries.ts'
import { dayIn, zoneOf } from '#core/kernel/time-zone.ts'
import { inBatches } from '#core/platform/in-batches.ts'
import { addToInboxes } from './add-to-inboxes.ts'

const DAY_MS = 24 * 3_600 * 1_000

/** It may still be yesterday's evening somewhere, and elsewhere tomorrow is the day after. */
const DAYS_AROUND = [-1, 0, 1, 2]

/**
 * Reminds assignees of cards due today or tomorrow where they live, once for each day a card is due
 * on. Who chose no time zone lives by UTC.
 */
export async function notifyDue(database: Knex, nowMs = Date.now()): Promise<number> {
  const days = DAYS_AROUND.map((count) => dayIn(new Date(nowMs + count * DAY_MS), 'UTC'))
  const isSoon = ({ dueOn, timeZone }: DueCard) =>
    [nowMs, nowMs + DAY_MS].some((ms) => dayIn(new Date(ms), zoneOf(timeZone)) === dueOn)
  let last: DueCard | undefined
  return await inBatches(database, async (trx, rowsMax) => {
    const due = await dueCards(trx, days, last, rowsMax)
    last = due.at(-1)
    await addToInboxes(
      trx,
      due.filter(isSoon).map(({ dueOn, timeZone: _, ...card }) => ({
        ...card,
        kind: 'due' as const,
        excerpt: dueOn,
        effectKey: `due/${card.cardId}/${card.userId}/${dueOn}`,
      })),
    )
    return due.length
  })
}
