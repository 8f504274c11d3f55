import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Scope } from '#core/contracts/api-tokens.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, type SomeBoard } from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard

beforeAll(async () => {
  api = await anApi()
  return api.stop
})
beforeEach(async () => {
  board = await aBoard(api.database)
})

const PATH = '/api/v1/auth/api-tokens'

async function aToken(scope: Scope, expiresInDays = 30) {
  const body = { name: 'Nightly report', scope, expiresInDays }
  const made = await api.call('POST', PATH, { as: board.ownerId, body })
  return { status: made.status, ...made.body }
}
const ask = async (token: string, method: string, path: string, body?: object) =>
  await api.call(method, path, { headers: { authorization: `Bearer ${token}` }, body })
const boardPath = () => `/api/v1/boards/${board.boardId}`

test('a program reads in the name of who made its token, which is told once and kept as a hash', async () => {
  const { status, token, item } = await aToken('read')
  expect(status).toBe(201)
  expect((await ask(token, 'GET', boardPath())).status).toBe(200)
  const { body } = await api.call('GET', PATH, { as: board.ownerId })
  expect(body.items).toMatchObject([{ id: item.id, name: 'Nightly report', scope: 'read' }])
  expect(body.items[0].lastUsedAt).not.toBeNull()
  const [row] = await api.database('api_tokens').where({ id: item.id })
  expect(JSON.stringify(row)).not.toContain(token.slice(3, 20))
})

test('one that may read changes nothing, and one that may write does', async () => {
  const body = { name: 'Renamed' }
  const reader = await aToken('read')
  const refused = await ask(reader.token, 'PATCH', boardPath(), body)
  expect([refused.status, refused.body.error.code]).toEqual([403, 'auth.read_only'])
  const writer = await aToken('write')
  expect((await ask(writer.token, 'PATCH', boardPath(), body)).status).toBe(202)
})

test('only one that was made for it manages people and workspaces', async () => {
  const path = `/api/v1/workspaces/${board.workspaceId}`
  const body = { name: 'Renamed' }
  const refused = await ask((await aToken('write')).token, 'PATCH', path, body)
  expect([refused.status, refused.body.error.code]).toEqual([403, 'auth.not_managing'])
  expect((await ask((await aToken('manage')).token, 'PATCH', path, body)).status).toBe(204)
})

test('no token makes or sees tokens, ends sessions, or fetches a browser’s pass', async () => {
  await api.database('operators').insert({ user_id: board.ownerId })
  const { token } = await aToken('write')
  for (const [method, path] of [
    ['GET', PATH],
    ['POST', '/api/v1/auth/sessions/end-others'],
    ['POST', '/api/v1/admin/queues-pass'],
    ['POST', '/api/v1/admin/histories-pass'],
  ] as const) {
    const { status, body } = await ask(token, method, path)
    expect([status, body.error.code]).toEqual([403, 'auth.session_required'])
  }
})

test('one that was ended, is over or was made up is refused', async () => {
  const [ended, over] = [await aToken('read'), await aToken('read')]
  const path = `${PATH}/${ended.item.id}`
  expect((await api.call('DELETE', path, { as: board.ownerId })).status).toBe(204)
  expect((await api.call('DELETE', path, { as: board.ownerId })).status).toBe(404)
  await api
    .database('api_tokens')
    .where({ id: over.item.id })
    .update({ expires_at: new Date(0) })
  const madeUp = `${ended.token.slice(0, -1)}${ended.token.endsWith('0') ? '1' : '0'}`
  for (const token of [ended.token, over.token, madeUp, 'pf_', `pf_${'a'.repeat(2_000)}`]) {
    const { status, body } = await ask(token, 'GET', boardPath())
    expect([status, body.error.code]).toEqual([401, 'auth.expired'])
  }
})

test('nobody ends the token of somebody else', async () => {
  const { item, token } = await aToken('read')
  const stranger = (await aBoard(api.database)).ownerId
  expect((await api.call('DELETE', `${PATH}/${item.id}`, { as: stranger })).status).toBe(404)
  expect((await ask(token, 'GET', boardPath())).status).toBe(200)
})

test('the fifty-first is refused', async () => {
  await Promise.all(Array.from({ length: 50 }, () => aToken('read')))
  expect(await aToken('read')).toMatchObject({ status: 409, error: { code: 'token.too_many' } })
})
