import type { Knex } from 'knex'
import type { FlowButton } from '#core/contracts/flows/buttons.ts'

/** The buttons of flows in action, on a board and on each of its cards, by what they say. */
export async function buttonsOn(db: Knex, boardId: string): Promise<FlowButton[]> {
  const { rows } = await db.raw<{ rows: FlowButton[] }>(
    `select f.id as "flowId", v.definition -> 'trigger' -> 'with' ->> 'label' as label,
       substring(v.definition -> 'trigger' ->> 'type' from '^button[.](card|board)$') as kind
     from boards b
     join flows f on f.project_id = b.project_id and f.active
       and (f.board_id is null or f.board_id = b.id)
     join flow_versions v on v.flow_id = f.id and v.version = f.published
     where b.id = ? and v.definition -> 'trigger' ->> 'type' in ('button.card', 'button.board')
     order by lower(v.definition -> 'trigger' -> 'with' ->> 'label'), f.id`,
    [boardId],
  )
  return rows
}

/** The board a card is on that is not put away; null when there is none. */
export async function boardOfCard(db: Knex, cardId: string): Promise<string | null> {
  const isThere = { id: cardId, archived_at: null, deleted_at: null }
  const row = await db('cards').where(isThere).first<{ board_id: string } | undefined>('board_id')
  return row?.board_id ?? null
}
