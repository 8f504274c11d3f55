import type { Knex } from 'knex'
import { asJsonb } from './as-jsonb.ts'
import { commandIdOf } from './command-id.ts'
import { hookSecret } from './webhook-signature.ts'

// One of the doors that write without a workflow: what is asked is kept before anybody is answered.

export interface Request {
  readonly flowId: string
  /** As the sender numbers it: what is sent twice is one. */
  readonly deliveryId: string
  readonly kind: 'webhook' | 'button.card' | 'button.board'
  /** Who presses the button; null for what comes from outside. */
  readonly userId: string | null
  readonly cardId: string | null
  /** What the run may read of it. */
  readonly given: Readonly<Record<string, unknown>>
}

/**
 * Keeps what asks a flow for a run; a run follows, whatever dies meanwhile. `known` when it was there
 * already, `nobody` when no such flow in action listens.
 */
export async function requestFlow(
  db: Knex,
  { flowId, deliveryId, kind, userId, cardId, given }: Request,
): Promise<'taken' | 'known' | 'nobody'> {
  const { rows } = await db.raw<{ rows: { kept: boolean | null }[] }>(
    'select app.request_flow(?, ?, ?, ?, ?, ?, ?::jsonb) as kept',
    [flowId, requestIdOf(flowId, deliveryId), deliveryId, kind, userId, cardId, asJsonb(given)],
  )
  const { kept } = rows[0]!
  if (kept === null) return 'nobody'
  return kept ? 'taken' : 'known'
}

const requestIdOf = (flowId: string, deliveryId: string) => commandIdOf(`${flowId}/${deliveryId}`)

/** The run that follows a request, before it is there. */
export const requestedRun = (flowId: string, deliveryId: string): string =>
  commandIdOf(`${flowId}/request/${requestIdOf(flowId, deliveryId)}`)

/** What messages to a flow are signed with; null when none come in. */
export async function hookSecretOf(
  db: Knex,
  commandKey: string,
  flowId: string,
): Promise<string | null> {
  const { rows } = await db.raw<{ rows: { number: number | null }[] }>(
    'select app.hook_number(?) as number',
    [flowId],
  )
  const { number } = rows[0]!
  return number === null ? null : hookSecret(commandKey, flowId, number)
}
