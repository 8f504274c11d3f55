import type { Knex } from 'knex'
import type { ActionBody, ActionResult, ActionType } from '#core/contracts/actions.ts'
import type { Command } from '#core/contracts/command.ts'
import type { BoardEvent } from '#core/contracts/events.ts'
import type { Changes } from '#core/contracts/views.ts'
import { changedSince, nextVersion, originOf, type Versioned } from '#core/kernel/field-versions.ts'
import type { Membership } from '#core/kernel/member-rights.ts'
import { Refusal } from '#core/kernel/refusal.ts'

/** One command in the middle of its batch's transaction. */
export interface Work<Type extends ActionType = ActionType> {
  readonly trx: Knex.Transaction
  readonly command: Command
  readonly type: Type
  readonly targetId: string
  readonly body: ActionBody<Type>
  readonly workspaceId: string
  readonly actorId: string
  readonly member: Membership
  /** One instant for everything the command writes. */
  readonly now: Date
  /** Rows the batch has locked, by module; see `Locks`. */
  readonly locks: Locks
  /**
   * For a write whose answer tells the handler nothing: the batch goes on to the next command and
   * hears of it in the end. Resolves once the write is done where a batch goes step by step.
   */
  readonly written: (write: Promise<unknown>) => Promise<void>
  /** Set when the command takes an earlier one back. */
  readonly undo: UndoStep | null
}

/**
 * What a batch holds locked: every board it names, then every card. Modules keep the loaded rows
 * here under a key of their own, and drop them when a command is rolled back.
 */
export interface Locks {
  readonly boardIds: ReadonlySet<string>
  readonly rows: Map<symbol, Map<string, unknown>>
}

/** What one module keeps of a batch under its key; empty until it has put something there. */
export function kept<Value>(locks: Locks, module: symbol): Map<string, Value> {
  const known = locks.rows.get(module) ?? new Map<string, unknown>()
  locks.rows.set(module, known)
  return known as Map<string, Value>
}

/** What taking a command back would run: an ordinary command that expects the fields unchanged. */
export interface UndoStep {
  readonly type: ActionType
  readonly targetId: string
  readonly body: unknown
  /** Field -> the version its value must still come from; '*' stands for every field. */
  readonly expect: Readonly<Record<string, number>>
  /** Field -> the version the value that is brought back came from. */
  readonly origins: Readonly<Record<string, number>>
  readonly back?: Back
}

/** What an undo gives back beyond the command's body, when it is still free. */
export interface Back {
  readonly rank?: string
  /** The number the card had in the project it returns to. */
  readonly number?: number
  /** Who was taken off the card because they did not see where it went. */
  readonly assignees?: readonly string[]
}

export type NewEvent = Omit<BoardEvent, 'offset' | 'actorId' | 'commandId' | 'at'>

/** What follows from an action but is not the action; done later, exactly once. */
export interface FollowUp {
  readonly topic: 'notify' | 'search' | 'counters' | 'flows' | 'flow-requests'
  readonly payload: Readonly<Record<string, unknown>>
}

/** What a handler did, for the batch to number, audit and store. */
export interface Effect<Result = ActionResult<ActionType>> {
  readonly result: Result
  readonly events: readonly NewEvent[]
  readonly changes: Changes
  /** Steps in the order they run; null when the action changed nothing. */
  readonly inverse: readonly UndoStep[] | null
  readonly follow: readonly FollowUp[]
}

export type Handler<Type extends ActionType> = (
  work: Work<Type>,
) => Promise<Effect<ActionResult<Type>>>
export type Handlers<Types extends ActionType = ActionType> = {
  readonly [Type in Types]: Handler<Type>
}

/** A row turned out to lie on a board the batch has not locked; the command gets a batch of its own. */
export class Relocated extends Error {
  constructor(boardId: string) {
    super(`Board ${boardId} is not locked by this batch.`)
    this.name = 'Relocated'
  }
}

/** The row's next version after the command wrote `fields`; refuses an undo that came too late. */
export function versionAfter(
  work: Pick<Work, 'undo'>,
  row: Versioned,
  fields: readonly string[],
): Versioned {
  if (work.undo) {
    const late = changedSince(row, work.undo.expect)
    if (late.length > 0) {
      throw new Refusal('undo.changed_since', `It has changed since: ${late.join(', ')}.`, {
        fields: late,
      })
    }
  }
  return nextVersion(row, fields, work.undo?.origins)
}

/** The step that takes a change of `fields` back, from `before` and the `after` it led to. */
export function undoStep(
  type: ActionType,
  targetId: string,
  body: unknown,
  fields: readonly string[],
  before: Versioned,
  after: Versioned,
  back?: Back,
): UndoStep {
  const each = (row: Versioned) =>
    Object.fromEntries(fields.map((field) => [field, originOf(row, field)]))
  return {
    type,
    targetId,
    body,
    expect: each(after),
    origins: each(before),
    ...(back && { back }),
  }
}

/** The step that takes the making of something back, as long as `expect` of it is as it was made. */
export const unmake = (
  type: ActionType,
  targetId: string,
  expect: UndoStep['expect'] = { '*': 1 },
): UndoStep => ({ type, targetId, body: {}, expect, origins: {} })

/** An action that left all as it was: answered, but nothing to tell or to take back. */
export const unchanged = <Result>(result: Result): Effect<Result> => ({
  result,
  events: [],
  changes: {},
  inverse: null,
  follow: [],
})
