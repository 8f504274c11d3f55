import type { Knex } from 'knex'
import { SECRETS_PER_PROJECT_MAX } from '#core/flows/limits.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { seal } from '#core/platform/envelope.ts'
import type { Keyring } from '#core/platform/keyring.ts'
import { takeTurn } from '#core/platform/take-turn.ts'

/** Whose value it is: one secret opens under no other's id. */
export const secretContext = (id: string): string => `flow_secrets/${id}`

export interface NewSecret {
  readonly workspaceId: string
  readonly projectId: string
  readonly name: string
  readonly value: string
  readonly userId: string
}

/**
 * Keeps a secret of a project, instead of one of the same name; nobody reads it again but flows.
 * Refuses with `secret.limit` when there are too many.
 */
export async function keepSecret(
  trx: Knex.Transaction,
  keyring: Keyring,
  { workspaceId: workspace_id, projectId: project_id, name, value, userId }: NewSecret,
): Promise<void> {
  await takeTurn(trx, 'secrets', project_id)
  await trx('flow_secrets').where({ project_id, name }).delete()
  const [row] = await trx('flow_secrets').where({ project_id }).count({ count: 'id' })
  if (Number(row?.['count']) >= SECRETS_PER_PROJECT_MAX) {
    const message = `A project keeps at most ${SECRETS_PER_PROJECT_MAX} secrets.`
    throw new Refusal('secret.limit', message)
  }
  const id = newId()
  const sealed = seal(keyring, Buffer.from(value), secretContext(id))
  const kept = { id, workspace_id, project_id, name, value: sealed, created_by: userId }
  await trx('flow_secrets').insert(kept)
}
