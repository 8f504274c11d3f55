import type { Knex } from 'knex'
import { Refusal } from '#core/kernel/refusal.ts'
import { secretsOfProject } from './secret-list.ts'

// One of the doors that write without a workflow: none of it touches a board.

/**
 * Forgets a secret of a project; answers what it was called. Refuses with `secret.not_found` and, as
 * long as flows use it and it is not forced, with `secret.in_use`, whose details name them.
 */
export async function removeSecret(
  trx: Knex.Transaction,
  { projectId, id, isForced }: { projectId: string; id: string; isForced: boolean },
): Promise<string> {
  const secret = (await secretsOfProject(trx, projectId)).find((each) => each.id === id)
  if (!secret) throw new Refusal('secret.not_found', 'There is no such secret.')
  if (secret.usedBy.length > 0 && !isForced) {
    const flows = secret.usedBy.map(({ flowName }) => flowName)
    throw new Refusal('secret.in_use', 'Flows use this secret.', { flows })
  }
  await trx('flow_secrets').where({ id }).delete()
  return secret.name
}
