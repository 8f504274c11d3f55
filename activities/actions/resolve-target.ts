import type { Knex } from 'knex'
import type { TargetKind } from '#core/contracts/action.ts'
import { contractOf } from '#core/contracts/actions.ts'
import type { Command } from '#core/contracts/command.ts'
import { type AnyRole, rightsOf, type Rights, type Tie } from '#core/kernel/permissions.ts'
import { readRowsAs } from '#core/platform/acting-as.ts'
import { OUTCOME_SQL, targetSql } from './target-sql.ts'

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

type Nullable<Of> = { [Key in keyof Of]: Of[Key] | null }

interface Found {
  [column: string]: unknown

  workspace_id: string
  role: AnyRole
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
  const sql = kind === 'outcome' ? OUTCOME_SQL : targetSql(kind)
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
