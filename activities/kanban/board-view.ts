import type { Knex } from 'knex'
import type { BoardView, CardFace } from '#core/contracts/views.ts'
import type { FaceRow } from './card.ts'
import { faceOf } from './face.ts'
import { inProject } from '#activities/rbac/queries.ts'

/** Everything of a board but its cards, and how far its numbered events have come. */
export type BoardHead = Omit<BoardView, 'cards'>
/** Bots of flows deleted long ago are left out. */
const BOTS_MAX = 500

type Links = { labels: string | null; assignees: string | null }

/** Everything but the cards, as one row. */
const HEAD = `
  select b.epoch, b.event_seq as "offset",
    json_build_object('id', b.id, 'workspaceId', b.workspace_id, 'projectId', b.project_id,
      'name', b.name, 'archivedAt', to_char(coalesce(b.archived_at, p.archived_at) at time zone 'UTC', :instant),
      'project', json_build_object('name', p.name, 'key', p.key)) as board,
    (select coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'rank', k.rank,
        'wipLimit', k.wip_limit, 'wipMode', k.wip_mode) order by k.rank), '[]')
      from columns k where k.board_id = b.id and k.archived_at is null) as columns,
    (select coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'colour', l.colour)
        order by l.name), '[]')
      from labels l where l.project_id = b.project_id and l.deleted_at is null) as labels,
    (select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name, 'hue', u.hue,
        'role', m.role) order by u.name, u.id), '[]')
      from workspace_members m join users u on u.id = m.user_id
      ${inProject('b.project_id')}
      where m.workspace_id = b.workspace_id and o.role is distinct from 'none'
        and m.role <> 'bot') as members,
    (select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name, 'hue', u.hue)
        order by u.name, u.id), '[]')
      from (select f.actor_id from flows f
        where f.workspace_id = b.workspace_id and f.project_id = b.project_id
        order by f.id desc limit :botsMax) f
      join users u on u.id = f.actor_id and u.kind = 'bot') as bots
  from boards b
  join projects p on p.id = b.project_id
  join workspace_members reader on reader.workspace_id = b.workspace_id and reader.user_id = :userId
  where b.id = :boardId`

/** One look into the primary key per card: slower at best than a join, but never a bad plan. */
const linksOf = (table: string, id: string) =>
  `(select string_agg(x.${id}::text, ' ') from ${table} x where x.card_id = c.id)`

/**
 * Column by column, which `offset 0` holds the planner to: it cannot know how few workspaces a reader
 * has, and went through the cards of everybody instead.
 */
const CARDS = `
  select f.*
  from columns k cross join lateral (
    select c.id, c.column_id as "columnId", c.rank, c.number, c.title, c.version,
      c.due_on as "dueOn", c.priority, c.points, c.colour, c.comment_count as "commentCount",
      c.checklist_done as "checklistDone", c.checklist_total as "checklistTotal",
      c.attachment_count as "attachmentCount",
      ${linksOf('card_labels', 'label_id')} as labels,
      ${linksOf('card_assignees', 'user_id')} as assignees
    from cards c
    where c.column_id = k.id and c.archived_at is null and c.deleted_at is null
    offset 0
  ) f
  where k.board_id = ? and k.archived_at is null
  order by k.rank, f.rank`

/** A board without its cards, or null when the reader has no such board. */
export async function boardHead(
  database: Knex,
  userId: string,
  boardId: string,
): Promise<BoardHead | null> {
  const bindings = { userId, boardId, botsMax: BOTS_MAX, instant: 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"' }
  const { rows } = await database.raw<{ rows: BoardHead[] }>(HEAD, bindings)
  return rows[0] ?? null
}

/** A board with its live cards, or null when the reader has no such board. */
export async function boardView(
  database: Knex,
  userId: string,
  boardId: string,
): Promise<BoardView | null> {
  const head = await boardHead(database, userId, boardId)
  if (!head) return null
  const cards = await database.raw<{ rows: (FaceRow & Links)[] }>(CARDS, [boardId])
  const live = new Set(head.labels.map(({ id }) => id))
  return { ...head, cards: cards.rows.map((row) => showFace(row, live)) }
}

/** Links to deleted labels stay, for the day one is brought back, but are not shown. */
function showFace(
  row: Omit<FaceRow, 'labels' | 'assignees'> & Links,
  liveLabels: ReadonlySet<string>,
): CardFace {
  const labels = idsIn(row.labels).filter((id) => liveLabels.has(id))
  return faceOf({ ...row, labels, assignees: idsIn(row.assignees) })
}

const idsIn = (text: string | null) => text?.split(' ') ?? []
