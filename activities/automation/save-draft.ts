import type { Knex } from 'knex'
import { drawn } from '#core/contracts/flows/drawn.ts'
import { flowDiff } from '#core/contracts/flows/flow-diff.ts'
import { FLOW_BYTES_MAX } from '#core/flows/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'

/** Room for what a draft holds that a flow may not. */
const DRAFT_BYTES_MAX = 2 * FLOW_BYTES_MAX

interface Saving {
  readonly flowId: string
  readonly baseVersion: number
  readonly draft: object
  readonly userId: string
}

/**
 * Keeps a draft over the one of `baseVersion`, with who has changed what in it; answers its version.
 * Refuses with `flow.too_large`,
 * and with `flow.changed` when somebody else has changed it since.
 */
export async function saveDraft(
  trx: Knex.Transaction,
  { flowId, baseVersion, draft, userId }: Saving,
): Promise<number> {
  const text = JSON.stringify(draft)
  if (Buffer.byteLength(text) > DRAFT_BYTES_MAX) {
    throw new Refusal('flow.too_large', `A draft has at most ${DRAFT_BYTES_MAX / 1024} KB.`)
  }
  const row = await trx('flows')
    .where({ id: flowId, draft_version: baseVersion })
    .forUpdate()
    .first('draft', 'draft_authors')
  if (!row) throw new Refusal('flow.changed', 'Somebody else has changed the flow since.')
  const authors = JSON.stringify(authorsOf(row.draft_authors, changedIn(row.draft, draft), userId))
  await trx('flows')
    .where({ id: flowId })
    .update({ draft: text, draft_version: baseVersion + 1, draft_authors: authors })
  return baseVersion + 1
}

/** By what of a flow, the ids of who has changed it. */
type Authors = Readonly<Record<string, readonly string[]>>

/** What differs: steps by their ids, and what of the flow itself. */
function changedIn(before: object | null, after: object): string[] {
  const old = before && drawn(before as Record<string, unknown>)
  const differences = flowDiff(old, drawn(after as Record<string, unknown>))
  return differences.map(({ about }) => (typeof about === 'string' ? about : about.id))
}

function authorsOf(before: Authors, changed: readonly string[], userId: string): Authors {
  const now = changed.map(
    (part) =>
      [
        part,
        [...new Set([...(Object.hasOwn(before, part) ? before[part]! : []), userId])],
      ] as const,
  )
  return { ...before, ...Object.fromEntries(now) }
}

/** All of a flow that is begun is by who begins it. */
export const firstAuthors = (draft: object, userId: string): Authors =>
  authorsOf({}, changedIn(null, draft), userId)
