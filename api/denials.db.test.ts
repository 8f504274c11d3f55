import { expect, test, beforeAll } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aCard, aMember, aMemberWith } from '#tests/support/fixtures.ts'
import { draft, say } from '#tests/support/flows/a-flow.ts'

let api: Awaited<ReturnType<typeof anApi>>

beforeAll(async () => {
  api = await anApi()
  return api.stop
})

test('ASVS line 47: whom the API turns away stands in the audit log, with what they wanted', async () => {
  const board = await aBoard(api.database)
  const cardId = await aCard(api.database, board)
  const viewer = await aMember(api.database, board, 'viewer')
  const key = newId()

  const { status, headers } = await api.call('POST', `/api/v1/cards/${cardId}/archive`, {
    as: viewer,
    headers: { 'idempotency-key': key },
  })

  expect(status).toBe(403)
  const lines = await api.database('audit_log').where({ workspace_id: board.workspaceId })
  expect(lines).toMatchObject([
    {
      actor_id: viewer,
      action: 'card.archive',
      decision: 'denied',
      reason: 'permission.denied',
      target_kind: 'card',
      target_id: cardId,
      command_id: key,
      workflow_id: null,
      request_id: headers.get('x-request-id'),
    },
  ])
})

test('ASVS line 47: who may draw flows and is kept from publishing one that may do more than they may stands there too', async () => {
  const board = await aBoard(api.database)
  const designer = await aMemberWith(api.database, board, ['board.configure'])
  const id = newId()
  const { workspaceId: workspace_id, projectId: project_id, ownerId: created_by } = board
  const drawn = { draft: draft([say('tell')]), name: 'Triage', created_by }
  await api.database('flows').insert({ id, workspace_id, project_id, ...drawn })
  const { status } = await api.call('POST', `/api/v1/flows/${id}/publish`, {
    as: designer,
    body: { baseVersion: null, message: 'So' },
  })
  expect(status).toBe(403)
  expect(await api.database('audit_log').where({ workspace_id })).toMatchObject([
    {
      actor_id: designer,
      action: 'board.configure',
      decision: 'denied',
      reason: 'flow.bot_beyond_rights',
      target_kind: 'flow',
      target_id: id,
    },
  ])
})
