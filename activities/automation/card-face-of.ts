import type { Knex } from 'knex'
import type { Output } from '#core/contracts/flows/run.ts'

const FACE = `
  c.id, c.board_id as "boardId", c.column_id as "columnId", c.number, c.title, c.due_on as "dueOn",
  c.priority, c.points, c.colour,
  array(select label_id from card_labels x where x.card_id = c.id) as labels,
  array(select user_id from card_assignees x where x.card_id = c.id) as assignees`

/** A card that is not put away, as runs are given it; null when there is none. */
export async function cardFaceOf(trx: Knex.Transaction, cardId: string): Promise<Output | null> {
  const { rows } = await trx.raw<{ rows: Output[] }>(
    `select ${FACE} from cards c
     where c.id = ? and c.archived_at is null and c.deleted_at is null`,
    [cardId],
  )
  return rows[0] ?? null
}

/** The cards of a set of ids, by id. */
export async function cardFacesOf(
  trx: Knex,
  cardIds: readonly string[],
): Promise<Map<string, Output>> {
  const { rows } = await trx.raw<{ rows: (Output & { id: string })[] }>(
    `select ${FACE} from cards c where c.id = any (?)`,
    [[...cardIds]],
  )
  return new Map(rows.map((row) => [row.id, row]))
}
