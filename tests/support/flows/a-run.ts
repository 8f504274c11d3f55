import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import type { SomeBoard } from '#tests/support/fixtures.ts'

/** A run of a flow of the board's project that is under way, as rows alone: no workflow does it. */
export async function aRun(database: Knex, board: SomeBoard): Promise<string> {
  const home = { workspace_id: board.workspaceId, project_id: board.projectId }
  const [flowId, runId] = [newId(), newId()]
  const flow = { id: flowId, name: 'Triage', draft: {}, created_by: board.ownerId }
  await database('flows').insert({ ...home, ...flow })
  await database('flow_runs').insert({
    ...home,
    id: runId,
    flow_id: flowId,
    version: 1,
    cause: runId,
  })
  return runId
}
