import type { Knex } from 'knex'
import { FLOW_BYTES_MAX } from '#core/flows/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'

/** Room for what a draft holds that a flow may not. */
const DRAFT_BYTES_MAX = 2 * FLOW_BYTES_MAX

/**
 * Keeps a draft over the one of `baseVersion`; answers its version. Refuses with `flow.too_large`,
 * and with `flow.changed` when somebody else has changed it since.
 */
export async function saveDraft(
  trx: Knex.Transaction,
  { flowId, baseVersion, draft }: { flowId: string; baseVersion: number; draft: object },
): Promise<number> {
  const text = JSON.stringify(draft)
  if (Buffer.byteLength(text) > DRAFT_BYTES_MAX) {
    throw new Refusal('flow.too_large', `A draft has at most ${DRAFT_BYTES_MAX / 1024} KB.`)
  }
  const kept = await trx('flows')
    .where({ id: flowId, draft_version: baseVersion })
    .update({ draft: text, draft_version: baseVersion + 1 })
  if (kept === 1) return baseVersion + 1
  throw new Refusal('flow.changed', 'Somebody else has changed the flow since.')
}
