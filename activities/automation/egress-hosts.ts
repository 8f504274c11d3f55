import type { Knex } from 'knex'
import { EGRESS_HOSTS_MAX } from '#core/flows/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { takeTurn } from '#core/platform/take-turn.ts'

// One of the doors that write without a workflow: none of it touches a board.

interface Allowed {
  readonly workspaceId: string
  readonly projectId: string
  readonly host: string
  readonly userId: string
}

/**
 * Lets flows of a project ask a server outside; false when they may already. Refuses with `host.limit`.
 */
export async function allowHost(
  trx: Knex.Transaction,
  { workspaceId: workspace_id, projectId: project_id, host, userId: added_by }: Allowed,
): Promise<boolean> {
  await takeTurn(trx, 'hosts', project_id)
  const hosts = await trx('egress_hosts').where({ project_id }).pluck('host')
  if (hosts.includes(host)) return false
  if (hosts.length >= EGRESS_HOSTS_MAX) {
    throw new Refusal('host.limit', `A project allows at most ${EGRESS_HOSTS_MAX} servers.`)
  }
  await trx('egress_hosts').insert({ workspace_id, project_id, host, added_by })
  return true
}

/** Lets them ask it no more; false when they might not. */
export async function shutHost(
  trx: Knex.Transaction,
  { projectId: project_id, host }: Pick<Allowed, 'projectId' | 'host'>,
): Promise<boolean> {
  return (await trx('egress_hosts').where({ project_id, host }).delete()) === 1
}
