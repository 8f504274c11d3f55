import knex from 'knex'
import { Refusal } from '#core/kernel/refusal.ts'

const ROLE_IN_USE = ['role.in_use', 'Somebody has this role. Give them another one first.'] as const

/** A constraint of the schema that people run into, with the refusal it stands for. */
const REFUSALS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  labels_name_unique: ['label.name_taken', 'The project has a label of this name.'],
  projects_workspace_id_key_key: ['project.key_taken', 'The key is taken in this workspace.'],
  roles_pkey: ['request.id_taken', 'The id chosen for the role is taken.'],
  flows_pkey: ['request.id_taken', 'The id chosen for the flow is taken.'],
  workspaces_pkey: ['request.id_taken', 'The id chosen for the workspace is taken.'],
  columns_pkey: ['request.id_taken', 'The id chosen for the column is taken.'],
  cards_pkey: ['request.id_taken', 'The id chosen for the card is taken.'],
  comments_pkey: ['request.id_taken', 'The id chosen for the comment is taken.'],
  flow_comments_pkey: ['request.id_taken', 'The id chosen for the comment is taken.'],
  checklist_items_pkey: ['request.id_taken', 'The id chosen for the item is taken.'],
  attachments_pkey: ['request.id_taken', 'The file is attached to a card already.'],
  card_labels_workspace_id_label_id_fkey: ['label.not_found', 'There is no such label.'],
  workspace_members_role_fkey: ROLE_IN_USE,
  project_roles_workspace_id_role_id_fkey: ROLE_IN_USE,
  card_assignees_workspace_id_user_id_fkey: ['member.not_found', 'There is no such member.'],
}

/** deadlock, serialization, lock not available, statement cancelled: over by itself on a retry. */
const PASSING_CODES = new Set(['40P01', '40001', '55P03', '57014'])

/**
 * admin shutdown, crash shutdown, cannot connect now, idle transaction ended, too many connections,
 * read only (a standby that is about to take over).
 */
const AWAY_CODES = new Set(['57P01', '57P02', '57P03', '25P03', '53300', '25006'])

/** What the network says of a server that is restarting, or of a name that is gone for a moment. */
const UNREACHABLE_CODES = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN'.split(' '),
)

/** What the driver says of a lost connection, and the server of a plan older than its table. */
const PASSING_WORDS =
  /Connection terminated|timeout expired|Client (has encountered|was closed)|cached plan must not change/i

/** Who stores the outcome of a command first has decided it. */
const OUTCOME_KEY = 'outcomes_pkey'

interface DatabaseError extends Error {
  readonly code: string
  readonly constraint?: string
}

/** The driver's error; Objection wraps it in one of its own. */
function databaseError(error: unknown): DatabaseError | undefined {
  const inner = error instanceof Error && 'nativeError' in error ? error.nativeError : error
  const coded = inner instanceof Error && 'code' in inner && typeof inner.code === 'string'
  return coded ? (inner as DatabaseError) : undefined
}

/** The refusal a broken constraint stands for, if it is one people can cause. */
export function refusalOf(error: unknown): Refusal | undefined {
  const inner = databaseError(error)
  const refusal = inner?.code.startsWith('23') && REFUSALS[inner.constraint ?? '']
  return refusal ? new Refusal(...refusal) : undefined
}

/** For a `catch`: throws the refusal an error stands for, or the error itself. */
export function throwRefusal(error: unknown): never {
  throw refusalOf(error) ?? error
}

/** Whether trying the whole transaction again can help. */
export function isPassing(error: unknown): boolean {
  if (error instanceof knex.KnexTimeoutError) return true
  if (!(error instanceof Error)) return false
  if (PASSING_WORDS.test(error.message)) return true
  const inner = databaseError(error)
  if (!inner) return false
  const { code } = inner
  if (code.startsWith('08') || PASSING_CODES.has(code) || AWAY_CODES.has(code)) return true
  return UNREACHABLE_CODES.has(code) || isSettled(inner)
}

/** Whether somebody else has stored the outcome of the same command. */
export function isSettled(error: unknown): boolean {
  const inner = databaseError(error)
  return inner?.code === '23505' && inner.constraint === OUTCOME_KEY
}

/** Whether a statement ran into its time limit. */
export function isTooSlow(error: unknown): boolean {
  return databaseError(error)?.code === '57014'
}
