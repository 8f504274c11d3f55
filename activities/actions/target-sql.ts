import type { TargetKind } from '#core/contracts/action.ts'
import { tiesSql } from '#activities/kanban/queries.ts'
import { inProject, MADE_THERE, ROLE_THERE } from '#activities/rbac/queries.ts'

type Kind = Exclude<TargetKind, 'outcome'>

/** Where a kind of target is found: expressions of SQL, in which `t` is the target. */
interface Source {
  readonly from: string
  /** Ids. */
  readonly workspace?: string
  readonly project: string
  readonly name: string
  readonly place: string
  /** Arrays of ids. */
  readonly boards: string
  readonly cards: string
  /** The table whose row is the card, and the one whose row is a file on it. */
  readonly card?: string
  readonly attachment?: string
}

const NO_IDS = `'{}'::uuid[]`
const BOARDS_OF_PROJECT = `array(select b.id from boards b where b.project_id = p.id)`

const onCard = (table: string): Source => ({
  from: `${table} t join cards c on c.id = t.card_id join boards b on b.id = c.board_id`,
  project: 'c.project_id',
  name: 'c.title',
  place: 'b.name',
  boards: 'array[b.id]',
  cards: 'array[c.id]',
  card: 'c',
})

const ofFlow = (from: string): Omit<Source, 'name'> => ({
  from: `${from} join projects p on p.id = t.project_id`,
  project: 't.project_id',
  place: 'p.name',
  boards: NO_IDS,
  cards: NO_IDS,
})

const SOURCES: Readonly<Record<Kind, Source>> = {
  workspace: {
    from: 'workspaces t',
    workspace: 't.id',
    project: 'null::uuid',
    name: 't.name',
    place: 't.name',
    boards: NO_IDS,
    cards: NO_IDS,
  },
  project: {
    from: 'projects t join projects p on p.id = t.id',
    project: 't.id',
    name: 't.name',
    place: 't.name',
    boards: BOARDS_OF_PROJECT,
    cards: NO_IDS,
  },
  board: {
    from: 'boards t',
    project: 't.project_id',
    name: 't.name',
    place: 't.name',
    boards: 'array[t.id]',
    cards: NO_IDS,
  },
  column: {
    from: 'columns t join boards b on b.id = t.board_id',
    project: 'b.project_id',
    name: 't.name',
    place: 'b.name',
    boards: 'array[b.id]',
    cards: NO_IDS,
  },
  label: {
    from: 'labels t join projects p on p.id = t.project_id',
    project: 't.project_id',
    name: 't.name',
    place: 'p.name',
    boards: BOARDS_OF_PROJECT,
    cards: NO_IDS,
  },
  card: {
    from: 'cards t join boards b on b.id = t.board_id',
    project: 't.project_id',
    name: 't.title',
    place: 'b.name',
    boards: 'array[b.id]',
    cards: 'array[t.id]',
    card: 't',
  },
  comment: onCard('comments'),
  'checklist-item': onCard('checklist_items'),
  attachment: { ...onCard('attachments'), attachment: 't' },
  flow: { ...ofFlow('(select * from flows where deleted_at is null) t'), name: 't.name' },
  run: { ...ofFlow('flow_runs t join flows f on f.id = t.flow_id'), name: 'f.name' },
}

const NO_TIES = `'{}'::text[]`

/** What whoever asks has to do with the card; no role but a custom one can depend on it. */
const tiesTo = (card: string, attachment?: string) =>
  `case when ${ROLE_THERE} = 'custom' then ${tiesSql(card, 'm.user_id', attachment)} else '{}' end`

/** Finds a thing as `:actorId` may know it: nothing where they are no member or kept from its project. */
export function targetSql(kind: Kind): string {
  const { from, workspace = 't.workspace_id', project, card, ...source } = SOURCES[kind]
  return `
  select m.workspace_id, ${ROLE_THERE} as role, ${MADE_THERE} as made,
         ${card ? tiesTo(card, source.attachment) : NO_TIES} as ties,
         actor.name as actor_name, ${source.name} as name, ${source.place} as place,
         ${source.boards} as board_ids, ${source.cards} as card_ids,
         col.name as column_name, col.board_id as column_board, u.name as user_name
  from ${from}
  join workspace_members m
    on m.workspace_id = ${workspace}
   and m.user_id = :actorId
  join users actor on actor.id = m.user_id
  ${inProject(project)}
  left join columns col on col.id = :columnId and col.workspace_id = m.workspace_id
  left join workspace_members am on am.workspace_id = m.workspace_id and am.user_id = :userId
  left join users u on u.id = am.user_id
  where t.id = :targetId and o.role is distinct from 'none'`
}

/**
 * What an undo touches: the rows its commands named, the boards their cards are on by now, and
 * every board there now is in the projects they changed.
 */
export const OUTCOME_SQL = `
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
