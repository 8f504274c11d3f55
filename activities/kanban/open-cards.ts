import type { Knex } from 'knex'
import { Card } from './card.ts'

/** Cards that are neither archived nor deleted. */
export const liveCards = (db: Knex) =>
  Card.query(db).whereNull('archived_at').whereNull('deleted_at')

/** How many cards viewers of a board see. */
export const openCards = async (db: Knex, boardId: string): Promise<number> =>
  await liveCards(db)
    .where({ board_id: boardId })
    .whereRaw(
      'exists (select from columns k where k.id = cards.column_id and k.archived_at is null)',
    )
    .resultSize()

/** How many cards of some columns are neither archived nor deleted. */
export const openCardsIn = async (db: Knex, columnIds: readonly string[]): Promise<number> =>
  await liveCards(db)
    .whereIn('column_id', [...columnIds])
    .resultSize()
