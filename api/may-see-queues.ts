import { workspacesOf } from '#activities/rbac/queries.ts'
import { may } from '#core/kernel/permissions.ts'
import { readAs } from '#core/platform/acting-as.ts'
import type { Parts } from './parts.ts'

/** The queues are of the whole installation: who runs one of its workspaces may look at them. */
export async function maySeeQueues(
  { database }: Pick<Parts, 'database'>,
  userId: string,
): Promise<boolean> {
  const workspaces = await readAs(database, { userId }, (trx) => workspacesOf(trx, userId))
  return workspaces.some(({ role }) => may(role, 'queues.read'))
}
