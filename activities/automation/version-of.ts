import type { Knex } from 'knex'
import { readAs } from '#core/platform/acting-as.ts'
import { cardDetails } from '#activities/kanban/queries.ts'
import { refuseStep } from './refuse-step.ts'

/** The version of a card as the flow's actor sees it now. */
export async function versionOf(database: Knex, userId: string, cardId: string): Promise<number> {
  const details = await readAs(database, { userId }, (trx) => cardDetails(trx, userId, cardId))
  if (!details)
    throw refuseStep(
      'card.not_found',
      'The flow sees no such card: let somebody publish it who does.',
    )
  return details.card.version
}
