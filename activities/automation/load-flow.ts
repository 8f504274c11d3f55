import type { Knex } from 'knex'
import type { Flow } from '#core/contracts/flows/flow.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { refuseStep } from './refuse-step.ts'
import type { ActTools } from './tools.ts'

/** Reads what was published under a hash. */
export const flowLoader =
  (database: Knex): ActTools['loadFlow'] =>
  async ({ workspaceId, flowId, hash }) => {
    const row = await readAs(database, { workspaceId }, (trx) =>
      trx('flow_versions')
        .where({ workspace_id: workspaceId, flow_id: flowId, hash: Buffer.from(hash, 'hex') })
        .first<{ definition: Flow } | undefined>('definition'),
    )
    if (!row) throw refuseStep('flow.not_found', 'There is no such version of the flow.')
    return row.definition
  }
