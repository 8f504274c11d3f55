import type { Knex } from 'knex'

/** The live cards of a board that somebody made. */
export async function ownCards(db: Knex, boardId: string, userId: string): Promise<string[]> {
  return await db('cards')
    .where({ board_id: boardId, created_by: userId, archived_at: null, deleted_at: null })
    .pluck('id')
}
