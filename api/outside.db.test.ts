import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { secretsOf } from '#activities/automation/secrets-of.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { aRun } from '#tests/support/flows/a-run.ts'
import { aFlow, step } from '#tests/support/flows/a-flow.ts'

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard

beforeAll(async () => {
  api = await anApi()
  return api.stop
})
beforeEach(async () => {
  board = await aBoard(api.database)
})

const at = (path: string) => `/api/v1/projects/${board.projectId}/${path}`
const ask = async (method: string, path: string, body?: object, as = board.ownerId) =>
  await api.call(method, at(path), { as, ...(body && { body }) })
const told = async (method: string, path: string, body?: object) => {
  const { status, body: answer } = await ask(method, path, body)
  return status === 204 ? status : [status, answer.error?.code]
}
const listed = async (path: string) => (await ask('GET', path)).body.items
const lines = async (action: string) =>
  await api.database('audit_log').where({ action, target_id: board.projectId })

describe('secrets', () => {
  const keep = async (value: string, name = 'CRM_TOKEN') =>
    await told('POST', 'secrets', { name, value })
  const opened = async () =>
    await secretsOf(
      { database: api.database, keyring: readKeyring(api.parts.config.MASTER_KEY) },
      board.workspaceId,
      board.projectId,
      ['CRM_TOKEN'],
    )

  test('are kept sealed, given a new value, and told without it', async () => {
    expect(await keep('the first value')).toBe(204)
    expect(await keep('the second value')).toBe(204)
    const items = await listed('secrets')
    expect(items).toMatchObject([{ name: 'CRM_TOKEN', setBy: { id: board.ownerId }, usedBy: [] }])
    expect(JSON.stringify(items)).not.toContain('value')
    expect(Object.fromEntries(await opened())).toEqual({ CRM_TOKEN: 'the second value' })
    expect(JSON.stringify(await lines('secret.keep'))).not.toContain('second')
    expect(await lines('secret.keep')).toHaveLength(2)
  })

  test('are not taken from flows that use them, unless that is forced', async () => {
    await keep('the first value')
    const asking = { url: 'https://a.example', secretHeaders: { authorization: 'CRM_TOKEN' } }
    const draft = aFlow([step('ask', 'http.request', asking)])
    const home = { workspace_id: board.workspaceId, project_id: board.projectId }
    const flow = { id: newId(), name: 'Triage', draft, created_by: board.ownerId }
    await api.database('flows').insert({ ...home, ...flow })
    const [{ id, usedBy }] = await listed('secrets')
    expect(usedBy).toEqual([{ flowId: flow.id, flowName: 'Triage' }])
    const { status, body } = await ask('DELETE', `secrets/${id}`)
    expect([status, body.error.code, body.error.details]).toEqual([
      409,
      'secret.in_use',
      { flows: ['Triage'] },
    ])
    await api.database('flows').where({ id: flow.id }).update({ deleted_at: new Date() })
    expect(await listed('secrets')).toMatchObject([{ usedBy: [] }])
    await api.database('flows').where({ id: flow.id }).update({ deleted_at: null })
    expect(await told('DELETE', `secrets/${id}?force=true`)).toBe(204)
    expect(await listed('secrets')).toEqual([])
    expect(await told('DELETE', `secrets/${id}`)).toEqual([404, 'secret.not_found'])
    expect(await lines('secret.remove')).toMatchObject([{ before: { name: 'CRM_TOKEN' } }])
  })

  test.each([
    ['too short', { name: 'CRM_TOKEN', value: 'short' }],
    ['with a line in it', { name: 'CRM_TOKEN', value: 'one\r\nx-evil: two' }],
    ['of a name in small letters', { name: 'crm', value: 'the first value' }],
  ])('%s are refused', async (_, body) => {
    expect(await told('POST', 'secrets', body)).toEqual([400, 'request.invalid'])
    expect(await listed('secrets')).toEqual([])
  })

  test('of the same name, kept at the same time, are one', async () => {
    const kept = await Promise.all(['one value', 'two values', 'three values'].map((v) => keep(v)))
    expect(kept).toEqual([204, 204, 204])
    expect(await listed('secrets')).toHaveLength(1)
  })
})

describe('servers outside', () => {
  test('are allowed and shut by who sets the project up, once each', async () => {
    const host = { host: 'API.Example.com:8443' }
    expect(await told('POST', 'hosts/allow', host)).toBe(204)
    expect(await told('POST', 'hosts/allow', host)).toBe(204)
    expect(await listed('hosts')).toMatchObject([
      { host: 'api.example.com:8443', addedBy: { id: board.ownerId } },
    ])
    const member = await aMember(api.database, board, 'member')
    expect((await ask('POST', 'hosts/shut', host, member)).status).toBe(403)
    expect(await told('POST', 'hosts/shut', host)).toBe(204)
    expect(await told('POST', 'hosts/shut', host)).toBe(204)
    expect(await listed('hosts')).toEqual([])
    expect(await lines('egress.allow')).toHaveLength(1)
    expect(await lines('egress.shut')).toHaveLength(1)
  })

  test.each(['https://a.example', 'a.example/path', '*', '*.', 'a..example', 'a.example:0', 'a b'])(
    '%s is none',
    async (host) => {
      expect(await told('POST', 'hosts/allow', { host })).toEqual([400, 'request.invalid'])
    },
  )

  test('that flows were kept from are told to who reads the audit', async () => {
    const runId = await aRun(api.database, board)
    const { flow_id: flowId } = await api.database('flow_runs').where({ id: runId }).first()
    await api.database('audit_log').insert({
      id: newId(),
      workspace_id: board.workspaceId,
      actor_id: board.ownerId,
      action: 'egress.request',
      decision: 'denied',
      reason: 'egress.host_not_allowed',
      target_kind: 'flow',
      target_id: flowId,
      after: { host: 'evil.example' },
      request_id: runId,
      ip: '127.0.0.1',
    })
    expect(await listed('denials')).toMatchObject([
      { host: 'evil.example', code: 'egress.host_not_allowed', flowId, flowName: 'Triage', runId },
    ])
    const member = await aMember(api.database, board, 'member')
    expect((await ask('GET', 'denials', undefined, member)).status).toBe(403)
  })
})

test('a webhook nobody took is sent again, once', async () => {
  const runId = await aRun(api.database, board)
  const { flow_id } = await api.database('flow_runs').where({ id: runId }).first()
  const home = { workspace_id: board.workspaceId, project_id: board.projectId }
  const row = { id: newId(), url: 'https://a.example/x', body: {}, status: 'dead', tries: 8 }
  await api.database('webhook_deliveries').insert({ ...home, flow_id, run_id: runId, ...row })
  expect(await listed('deliveries?status=dead')).toMatchObject([
    { id: row.id, url: row.url, tries: 8, runId, flowName: 'Triage' },
  ])
  expect(await told('POST', `deliveries/${row.id}/again`)).toBe(204)
  expect(await told('POST', `deliveries/${row.id}/again`)).toEqual([404, 'delivery.not_found'])
  expect(await listed('deliveries?status=dead')).toEqual([])
  expect(await listed('deliveries?status=waiting')).toMatchObject([{ id: row.id, tries: 0 }])
})
