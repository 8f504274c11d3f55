import type { Knex } from 'knex'
import type { Command, Outcome } from '#core/contracts/command.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Acted, ActOrder, Called, Settled, UnsignedStart } from '#core/contracts/flows/run.ts'
import type { AuditLine } from '#core/platform/audit-line.ts'
import type { Egress } from '#core/platform/egress/egress.ts'
import type { TellJob } from '#core/platform/job-events.ts'
import type { Keyring } from '#core/platform/keyring.ts'

/** Something a flow tells or asks somebody, about a card. */
interface FlowNews {
  readonly workspaceId: string
  readonly userId: string
  readonly kind: 'flow' | 'approval'
  readonly boardId: string
  readonly cardId: string
  readonly excerpt: string
  /** The same news is told once. */
  readonly effectKey: string
}

/** A letter a flow writes to somebody; of two with one id only the first goes out. */
interface FlowLetter {
  readonly id: string
  readonly email: string
  readonly subject: string
  readonly text: string
}

/** Starts the workflow of a run; of two starts for one cause the second does nothing. */
export type StartRun = (start: UnsignedStart, flowName: string) => Promise<unknown>

/** Tells a run how one that it called has ended; a run that is over is not told. */
export type TellEnd = (workflowId: string, called: Called) => Promise<void>

/** Asks a run to end, and what it did to be taken back; one that is over is not asked. */
export type CancelRun = (flowId: string, cause: string) => Promise<void>

export interface ActTools {
  readonly database: Knex
  readonly commandKey: string
  /** What secrets of projects are sealed with. */
  readonly keyring: Keyring
  readonly egress: Egress
  /** Does a command, once; throws only what another try can mend. */
  readonly apply: (command: Command) => Promise<Outcome>
  /** Says to who looks on what happens in a run. */
  readonly tellJob: TellJob
  /** Counts what flows tell somebody of themselves; refuses when that was enough in this hour. */
  readonly countNews: (userId: string) => Promise<void>
  /** Puts news into inboxes. */
  readonly tell: (trx: Knex.Transaction, news: readonly FlowNews[]) => Promise<void>
  /** Gives a letter to the mail queue; throws when the installation sends none. */
  readonly write: (letter: FlowLetter) => Promise<void>
  readonly startRun: StartRun
  readonly recordAudit: (trx: Knex.Transaction, lines: readonly AuditLine[]) => Promise<void>
  /** Writes down how a run has ended; asked again, it changes nothing. */
  readonly settle: (settled: Settled) => Promise<void>
  /** The published definition of a hash. */
  readonly loadFlow: (of: { workspaceId: string; flowId: string; hash: string }) => Promise<Flow>
}

/** How an act is done that is no action on a card. */
export type DoAct = (tools: ActTools, order: ActOrder) => Promise<Acted>
