import { expect, test, beforeAll } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aCard, aMember } from '#tests/support/fixtures.ts'

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
