import type { Knex } from 'knex'
import type { CardDetails } from '#core/contracts/views.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { cardDetails } from '#activities/kanban/queries.ts'
import { refuseStep } from './refuse-step.ts'

/** A card as the flow's actor sees it now, put away or not. */
export async function seenCard(
  database: Knex,
  userId: string,
  cardId: string,
): Promise<CardDetails> {
  const details = await readAs(database, { userId }, (trx) => cardDetails(trx, userId, cardId))
  if (!details)
    throw refuseStep(
      'card.not_found',
      'The flow sees no such card: let somebody publish it who does.',
    )
  return details
}
