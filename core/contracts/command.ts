import { z } from 'zod'
import { Id } from './fields.ts'
import type { ActionType } from './actions.ts'

/**
 * One action somebody asked for, as data. `boardIds` and `cardIds` name the rows to lock, as they
 * were known when it was accepted; the transaction looks again.
 */
export interface Command {
  readonly id: string
  readonly type: ActionType
  readonly workspaceId: string
  readonly actorId: string
  readonly targetId: string
  readonly body: unknown
  readonly boardIds: readonly string[]
  readonly cardIds: readonly string[]
  /** Commands of one gesture (say, twelve cards dragged together) are undone as one. */
  readonly gestureId?: string
  readonly requestId: string
  /** The span of that request, where it is traced. */
  readonly traceparent?: string
  readonly ip: string
  /** One line for operators: «Ann moved 'Fix login' to Done». */
  readonly summary: string
  /** The board or project an operator would look for it under. */
  readonly place: string
  /** HMAC-SHA-256 over what is asked, by whom, and in which gesture, made by the API. */
  readonly mac: string
}

/** The commands one workflow carries: all of one workspace, done in order in one transaction. */
export interface ActionBatch {
  readonly workspaceId: string
  readonly commands: readonly Command[]
}

/** What became of a batch, in words for operators; the outcomes themselves are in Postgres. */
export interface BatchReport {
  readonly done: number
  readonly refused: number
  /** One line a command: its summary, and the code when it was refused. */
  readonly lines: readonly string[]
}

/** What a card action answers; stored under the command's id, so that a retry gets the same. */
export const Outcome = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('done'),
    commandId: Id,
    result: z.record(z.string(), z.unknown()),
    /** The number of the action's last event, per board. */
    offsets: z.record(Id, z.int()),
  }),
  z.strictObject({
    status: z.literal('refused'),
    commandId: Id,
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
])
export type Outcome = z.infer<typeof Outcome>

/** The answer while the outcome is not there yet. */
export const Queued = z.strictObject({ job_id: Id, status: z.literal('queued') })
export type Queued = z.infer<typeof Queued>
