import type { Knex } from 'knex'
import { recordAudit } from '#activities/audit/record.ts'
import { createFlow } from '#activities/automation/create-flow.ts'
import { publishFlow } from '#activities/automation/publish-flow.ts'
import { newId } from '#core/kernel/ids.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import type { SomeBoard } from '../fixtures.ts'

/** Draws and publishes flows of a board as the API does, with the rights of whoever asks. */
export function drawing(api: () => Knex, board: () => SomeBoard) {
  const as = async <Value>(userId: string, work: (trx: Knex.Transaction) => Promise<Value>) =>
    await writeAs(api(), { userId, workspaceId: board().workspaceId }, work)

  /** A flow that is not published yet; answers its id. */
  async function draw(draft: object, userId = board().ownerId): Promise<string> {
    const { workspaceId, projectId } = board()
    const home = { id: newId(), workspaceId, projectId, boardId: null }
    await as(userId, (trx) => createFlow(trx, { ...home, name: 'Triage', draft, userId }))
    return home.id
  }

  const publish = async (
    flowId: string,
    baseVersion: number | null = null,
    userId = board().ownerId,
  ): Promise<number> => {
    const by = { userId, requestId: newId(), ip: '127.0.0.1' }
    const asked = { flowId, baseVersion, message: 'Why not', ...by }
    return await as(userId, (trx) => publishFlow(trx, asked, recordAudit))
  }

  return { as, draw, publish }
}
