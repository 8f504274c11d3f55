import type { Knex } from 'knex'
import type { Command, Outcome } from '#core/contracts/command.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Acted, ActOrder, Settled } from '#core/contracts/flows/run.ts'

export interface ActTools {
  readonly database: Knex
  readonly commandKey: string
  /** Gives a command to the engine; «queued» when its outcome takes long. */
  readonly submit: (command: Command) => Promise<Outcome | 'queued'>
  /** Writes down how a run has ended; asked again, it changes nothing. */
  readonly settle: (settled: Settled) => Promise<void>
  /** The published definition of a hash. */
  readonly loadFlow: (of: { workspaceId: string; flowId: string; hash: string }) => Promise<Flow>
}

/** How an act is done that is no action on a card. */
export type DoAct = (tools: ActTools, order: ActOrder) => Promise<Acted>
