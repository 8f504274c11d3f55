import type { Knex } from 'knex'
import type { TargetKind } from '#core/contracts/action.ts'
import { contractOf } from '#core/contracts/actions.ts'
import type { Command } from '#core/contracts/command.ts'
import {
  rightsOf,
  type MemberRole,
  type ProjectRole,
  type Rights,
  type Tie,
} from '#core/kernel/permissions.ts'
import { readRowsAs } from '#core/platform/acting-as.ts'
import { tiesSql } from '#activities/kanban/queries.ts'
import { inProject, MADE_THERE, ROLE_THERE } from '#activities/rbac/queries.ts'

/** What an action is done to, as somebody who is a member of its workspace may know it. */
export interface Target {
  readonly workspaceId: string
  /** What whoever asks may do there, and what they have to do with the card. */
  readonly rights: Rights
  readonly ties: readonly Tie[]
  /** The name of whoever asks. */
  readonly actorName: string
  /** The target's own name, for summaries. */
  readonly name: string
  /** The board or project it is found under. */
  readonly place: string
  /** Every board and card the action may write to: the rows to lock. */
  readonly boardIds: readonly string[]
  readonly cardIds: readonly string[]
  /** Names of what the body points to. */
  readonly columnName: string | null
  readonly userName: string | null
}

/** Ids in a command's body that name another row. */
export interface Pointers {
  readonly columnId?: string | undefined
  readonly userId?: string | undefined
  readonly commandId?: string | undefined
  readonly gestureId?: string | undefined
}

const NO_CARDS = `'{}'::uuid[]`
const BOARDS_OF_PROJECT = `array(select b.id from boards b where b.project_id = p.id)`

/** Where each is found: [source, project, name, place, boards, cards, card, attachment]. */
const SOURCES: Readonly<Record<Exclude<TargetKind, 'outcome'>, readonly string[]>> = {
  workspace: ['workspaces t', 'null::uuid', 't.name', 't.name', NO_CARDS, NO_CARDS],
  project: [
    'projects t join projects p on p.id = t.id',
    't.id',
    't.name',
    't.name',
    BOARDS_OF_PROJECT,
    NO_CARDS,
  ],
  board: ['boards t', 't.project_id', 't.name', 't.name', 'array[t.id]', NO_CARDS],
  column: [
    'columns t join boards b on b.id = t.board_id',
    'b.project_id',
    't.name',
    'b.name',
    'array[b.id]',
    NO_CARDS,
  ],
  label: [
    'labels t join projects p on p.id = t.project_id',
    't.project_id',
    't.name',
    'p.name',
    BOARDS_OF_PROJECT,
    NO_CARDS,
  ],
  card: [
    'cards t join boards b on b.id = t.board_id',
    't.project_id',
    't.title',
    'b.name',
    'array[b.id]',
    'array[t.id]',
    't',
  ],
  comment: [
    'comments t join cards c on c.id = t.card_id join boards b on b.id = c.board_id',
    'c.project_id',
    'c.title',
    'b.name',
    'array[b.id]',
    'array[c.id]',
    'c',
  ],
  'checklist-item': [
    'checklist_items t join cards c on c.id = t.card_id join boards b on b.id = c.board_id',
    'c.project_id',
    'c.title',
    'b.name',
    'array[b.id]',
    'array[c.id]',
    'c',
  ],
  attachment: [
    'attachments t join cards c on c.id = t.card_id join boards b on b.id = c.board_id',
    'c.project_id',
    'c.title',
    'b.name',
    'array[b.id]',
    'array[c.id]',
    'c',
    't',
  ],
}

type Nullable<Of> = { [Key in keyof Of]: Of[Key] | null }

interface Found {
  [column: string]: unknown

  workspace_id: string
  role: MemberRole | ProjectRole
  made: string[] | null
  ties: Tie[]
  actor_name: string
  name: string
  place: string
  board_ids: string[]
  card_ids: string[]
  column_name: string | null
  column_board: string | null
  user_name: string | null
}

/**
 * Finds what an action is done to, in one statement. Undefined when there is no such thing, and
 * also when it is in a workspace the actor is no member of: the two must look alike.
 */
export async function resolveTarget(
  db: Knex,
  kind: TargetKind,
  targetId: string,
  actorId: string,
  pointers: Pointers = {},
): Promise<Target | undefined> {
  const { name, statement } = statementFor(db, kind, targetId, actorId, pointers)
  const { rows } = (await statement.options({ name })) as { rows: Found[] }
  return rows[0] && targetOf(rows[0])
}

/** The same, as the actor and in a transaction of its own: before every action, so in one go. */
export async function resolveTargetAsActor(
  database: Knex,
  kind: TargetKind,
  targetId: string,
  actorId: string,
  pointers: Pointers,
): Promise<Target | undefined> {
  const asked = statementFor(database, kind, targetId, actorId, pointers)
  const [row] = await readRowsAs<Found>(database, { userId: actorId }, asked)
  return row && targetOf(row)
}

/** Planning it takes five times as long as running it, so it has a name to be prepared under. */
function statementFor(
  db: Knex,
  kind: TargetKind,
  targetId: string,
  actorId: string,
  { columnId = null, userId = null, commandId = null, gestureId = null }: Nullable<Pointers>,
): { name: string; statement: Knex.Raw } {
  const sql = kind === 'outcome' ? OUTCOME_SQL : targetSql(SOURCES[kind])
  const ids = { targetId, actorId, columnId, userId, commandId, gestureId }
  return { name: `target-${kind}`, statement: db.raw(sql, ids) }
}

function targetOf(row: Found): Target {
  return {
    workspaceId: row.workspace_id,
    rights: rightsOf(row.role, row.made),
    ties: row.ties,
    actorName: row.actor_name,
    name: row.name,
    place: row.place,
    boardIds: [...new Set([...row.board_ids, ...(row.column_board ? [row.column_board] : [])])],
    cardIds: row.card_ids,
    columnName: row.column_name,
    userName: row.user_name,
  }
}

/** The rows a command needs locked, as they lie now. */
export async function resolveLocks(
  db: Knex,
  command: Command,
): Promise<Pick<Command, 'boardIds' | 'cardIds'>> {
  const kind = contractOf(command.type).target
  const pointers = command.body as Pointers
  const target = await resolveTarget(db, kind, command.targetId, command.actorId, pointers)
  return { boardIds: target?.boardIds ?? [], cardIds: target?.cardIds ?? [] }
}

/** What whoever asks has to do with the card; no role but a custom one can depend on it. */
const tiesTo = (card: string, attachment?: string) =>
  `case when ${ROLE_THERE} = 'custom' then ${tiesSql(card, 'm.user_id', attachment)} else '{}' end`
const NO_TIES = `'{}'::text[]`

const targetSql = ([
  source,
  project,
  name,
  place,
  boards,
  cards,
  card,
  file,
]: readonly string[]) => `
  select m.workspace_id, ${ROLE_THERE} as role, ${MADE_THERE} as made,
         ${card ? tiesTo(card, file) : NO_TIES} as ties,
         actor.name as actor_name, ${name} as name, ${place} as place,
         ${boards} as board_ids, ${cards} as card_ids,
         col.name as column_name, col.board_id as column_board, u.name as user_name
  from ${source}
  join workspace_members m
    on m.workspace_id = ${source?.startsWith('workspaces') ? 't.id' : 't.workspace_id'}
   and m.user_id = :actorId
  join users actor on actor.id = m.user_id
  ${inProject(project!)}
  left join columns col on col.id = :columnId and col.workspace_id = m.workspace_id
  left join workspace_members am on am.workspace_id = m.workspace_id and am.user_id = :userId
  left join users u on u.id = am.user_id
  where t.id = :targetId and o.role is distinct from 'none'`

/**
 * What an undo touches: the rows its commands named, the boards their cards are on by now, and
 * every board there now is in the projects they changed.
 */
const OUTCOME_SQL = `
  with asked as (
    select * from outcomes
    where actor_id = :actorId and (command_id = :commandId or gesture_id = :gestureId)
  ), steps as (
    select step->>'type' as type, (step->>'targetId')::uuid as target_id
    from asked cross join jsonb_array_elements(coalesce(inverse, '[]')) as step
  ), changed_projects as (
    select target_id as id from steps where type like 'project.%'
    union
    select l.project_id from steps join labels l on l.id = target_id where type like 'label.%'
  )
  select m.workspace_id, m.role, (select permissions from roles where id = m.role_id) as made,
         ${NO_TIES} as ties,
         actor.name as actor_name, string_agg(o.summary, ', ') as name,
         'undo' as place,
         array(
           select unnest(board_ids) from asked
           union
           select c.board_id from cards c where c.id in (select unnest(card_ids) from asked)
           union
           select b.id from boards b join changed_projects p on p.id = b.project_id
         ) as board_ids,
         array(select distinct unnest(card_ids) from asked) as card_ids,
         null as column_name, null::uuid as column_board, null as user_name
  from asked o
  join workspace_members m on m.workspace_id = o.workspace_id and m.user_id = :actorId
  join users actor on actor.id = m.user_id
  group by m.workspace_id, m.role, m.role_id, actor.name`
