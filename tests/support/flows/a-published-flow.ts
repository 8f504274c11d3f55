import type { Knex } from 'knex'
import { createFlow } from '#activities/automation/create-flow.ts'
import { publishFlow } from '#activities/automation/publish-flow.ts'
import { newId } from '#core/kernel/ids.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { contextKey, padsOf } from '#core/platform/context-key.ts'
import type { SomeBoard } from '../fixtures.ts'

interface Wishes {
  /** The one board whose events start it. */
  readonly boardId?: string
  readonly name?: string
}

/** A flow in action that the board's owner has drawn and published; answers its id. */
export async function aPublishedFlow(
  database: Knex,
  { workspaceId, projectId, ownerId: userId }: SomeBoard,
  draft: object,
  { boardId, name = 'A flow' }: Wishes = {},
): Promise<string> {
  await letOwnerSign(database)
  const flowId = newId()
  await writeAs(database, { userId, workspaceId }, async (trx) => {
    const home = { workspaceId, projectId, boardId: boardId ?? null }
    await createFlow(trx, { id: flowId, ...home, name, draft, userId })
    const by = { userId, requestId: newId(), ip: '127.0.0.1' }
    await publishFlow(trx, { flowId, baseVersion: null, message: 'First', ...by }, async () => {})
  })
  return flowId
}

/** Whoever owns a database signs for nobody until Postgres knows a key of theirs. */
async function letOwnerSign(database: Knex): Promise<void> {
  const { connectionString } = database.client.config.connection as { connectionString: string }
  const { inner, outer } = padsOf(contextKey(connectionString))
  await database('app.context_keys')
    .insert({
      login: database.raw('session_user'),
      inner_pad: inner,
      outer_pad: outer,
      everywhere: false,
    })
    .onConflict('login')
    .ignore()
}
