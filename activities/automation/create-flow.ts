import type { Knex } from 'knex'
import { FLOWS_PER_PROJECT_MAX } from '#core/flows/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { firstAuthors } from './save-draft.ts'
import { throwRefusal } from '#core/platform/database-errors.ts'

/** A flow as it is begun: a draft, of which nothing needs to be right yet. */
export interface NewFlow {
  readonly id: string
  readonly workspaceId: string
  readonly projectId: string
  readonly boardId: string | null
  readonly name: string
  readonly draft: object
  readonly userId: string
}

/**
 * Begins a flow under an id the caller has chosen; asked again it is the same one. Refuses with
 * `flow.limit` when the project has as many as it may, with `board.not_found`, and with
 * `request.id_taken`.
 */
export async function createFlow(trx: Knex.Transaction, flow: NewFlow): Promise<void> {
  if (await isBegun(trx, flow)) return
  const { workspaceId: workspace_id, projectId: project_id } = flow
  const [row] = await trx('flows')
    .where({ workspace_id, project_id, deleted_at: null })
    .count({ count: '*' })
  if (Number(row?.['count']) >= FLOWS_PER_PROJECT_MAX) {
    throw new Refusal('flow.limit', `A project has at most ${FLOWS_PER_PROJECT_MAX} flows.`)
  }
  const { id, boardId: board_id, name, userId: created_by } = flow
  if (board_id !== null && !(await trx('boards').where({ id: board_id, project_id }).first('id'))) {
    throw new Refusal('board.not_found', 'There is no such board in the project.')
  }
  const draft_authors = JSON.stringify(firstAuthors(flow.draft, created_by))
  const begun = { id, workspace_id, project_id, board_id, name, created_by }
  await trx('flows')
    .insert({ ...begun, draft: JSON.stringify(flow.draft), draft_authors })
    .catch(throwRefusal)
}

async function isBegun(
  trx: Knex.Transaction,
  { id, projectId, userId }: NewFlow,
): Promise<boolean> {
  const same = { id, project_id: projectId, created_by: userId }
  return (await trx('flows').where(same).first('id')) !== undefined
}
