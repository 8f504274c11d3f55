import type { Knex } from 'knex'
import { FLOWS_PER_PROJECT_MAX } from '#core/flows/limits.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'

/** A flow as it is begun: a draft, of which nothing needs to be right yet. */
export interface NewFlow {
  readonly workspaceId: string
  readonly projectId: string
  readonly boardId: string | null
  readonly name: string
  readonly draft: object
  readonly userId: string
}

/** Begins a flow; answers its id. Refuses with `flow.limit` when the project has as many as it may. */
export async function createFlow(trx: Knex.Transaction, flow: NewFlow): Promise<string> {
  const { workspaceId: workspace_id, projectId: project_id } = flow
  const [row] = await trx('flows').where({ workspace_id, project_id }).count({ count: '*' })
  if (Number(row?.['count']) >= FLOWS_PER_PROJECT_MAX) {
    throw new Refusal('flow.limit', `A project has at most ${FLOWS_PER_PROJECT_MAX} flows.`)
  }
  const id = newId()
  const { boardId: board_id, name, userId: created_by } = flow
  const draft = JSON.stringify(flow.draft)
  await trx('flows').insert({ id, workspace_id, project_id, board_id, name, draft, created_by })
  return id
}
