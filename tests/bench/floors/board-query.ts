import type { Client } from 'pg'

const BOARD = `
  select b.id, b.name, b.epoch, b.event_seq as "offset" from boards b where b.id = $1`

const COLUMNS = `
  select id, name, rank, wip_limit as "wipLimit", wip_mode as "wipMode" from columns
  where board_id = $1 and archived_at is null order by rank`

const CARDS = `
  select c.id, c.column_id as "columnId", c.rank, c.number, c.title, c.version,
    c.due_on as "dueOn", c.priority, c.points, c.colour, c.comment_count as "comments",
    c.checklist_done as "checklistDone", c.checklist_total as "checklistTotal",
    l.ids as labels, a.ids as assignees
  from cards c
  left join (
    select x.card_id, array_agg(x.label_id) as ids from card_labels x
    join cards on cards.id = x.card_id where cards.board_id = $1 group by x.card_id
  ) l on l.card_id = c.id
  left join (
    select x.card_id, array_agg(x.user_id) as ids from card_assignees x
    join cards on cards.id = x.card_id where cards.board_id = $1 group by x.card_id
  ) a on a.card_id = c.id
  where c.board_id = $1 and c.archived_at is null and c.deleted_at is null
  order by c.column_id, c.rank`

/** The floor of reading a board: its rows, as JSON. */
export async function boardAsJson(client: Client, boardId: string): Promise<string> {
  const ask = async (name: string, text: string) => {
    const { rows } = await client.query({ name, text, values: [boardId] })
    return rows as unknown[]
  }
  const [board] = await ask('board', BOARD)
  const columns = await ask('columns', COLUMNS)
  const cards = await ask('cards', CARDS)
  return JSON.stringify({ board, columns, cards })
}
