import type { Knex } from 'knex'

/** A row of the outbox, locked by the transaction that does what it asks for. */
export interface DueFollowUp {
  readonly id: string
  readonly workspaceId: string
  /** Names the effect, so that it can be stored once only. */
  readonly effectKey: string
  readonly payload: unknown
}

/** Does what follows from an action, in the transaction that marks it as done. */
export type FollowUpHandler = (trx: Knex.Transaction, due: DueFollowUp) => Promise<void>
