import type { Knex } from 'knex'
import type { ActOrder } from '#core/contracts/flows/run.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { refuseStep } from './refuse-step.ts'

/** Where a flow belongs, and which hosts outside its project allows. */
export interface Home {
  readonly projectId: string
  readonly hosts: readonly string[]
}

/** As its actor sees it: a flow does nothing where they see nothing any more, or a workspace is deleted. */
export async function homeOf(
  database: Knex,
  { workspaceId, flowId, actorId: userId }: Pick<ActOrder, 'workspaceId' | 'flowId' | 'actorId'>,
): Promise<Home> {
  const { rows } = await readAs(database, { userId, workspaceId }, (trx) =>
    trx.raw<{ rows: Home[] }>(
      `select f.project_id as "projectId",
         array(select host from egress_hosts h where h.project_id = f.project_id) as hosts
       from flows f where f.id = ? and f.workspace_id = ?`,
      [flowId, workspaceId],
    ),
  )
  const [home] = rows
  if (!home) throw refuseStep('flow.not_found', 'The flow is not there any more.')
  return home
}
