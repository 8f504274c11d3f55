import { beforeAll, beforeEach, expect, test } from 'vitest'
import { WORKSPACES_OWNED_MAX } from '#core/kernel/limits.ts'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aMember, aUser, type SomeBoard } from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard

beforeAll(async () => {
  api = await anApi()
  return api.stop
})
beforeEach(async () => {
  board = await aBoard(api.database)
})

const create = async (as: string, name: string, key = newId()) =>
  await api.call('POST', '/api/v1/workspaces', {
    as,
    body: { name },
    headers: { 'idempotency-key': key },
  })
const rename = async (as: string, name: string) =>
  (await api.call('PATCH', `/api/v1/workspaces/${board.workspaceId}`, { as, body: { name } }))
    .status
const remove = async (as: string, name = 'Acme') =>
  await api.call('POST', `/api/v1/workspaces/${board.workspaceId}/delete`, { as, body: { name } })
const deleted = async (as: string) =>
  (await api.call('GET', '/api/v1/deleted-workspaces', { as })).body.items
const restore = async (as: string) =>
  (
    await api.call('POST', `/api/v1/deleted-workspaces/${board.workspaceId}/restore`, {
      as,
    })
  ).status
const mine = async (as: string) => (await api.call('GET', '/api/v1/me', { as })).body.workspaces
const seesBoard = async (as: string) =>
  (await api.call('GET', `/api/v1/boards/${board.boardId}`, { as })).status
const told = async (workspaceId = board.workspaceId) =>
  await api.database('audit_log').where({ workspace_id: workspaceId }).orderBy('id')

test('who belongs nowhere makes a workspace and owns it, once however often it is asked for', async () => {
  const ann = await aUser(api.database)
  const key = newId()
  const made = await create(ann, 'Night shift', key)
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ id: key, name: 'Night shift', role: 'owner', roleName: null })
  expect((await create(ann, 'Night shift', key)).body).toEqual(made.body)
  expect(await mine(ann)).toEqual([made.body])
  expect(await told(key)).toMatchObject([
    { action: 'workspace.create', actor_id: ann, before: null, after: { name: 'Night shift' } },
  ])
})

test('an id that another workspace has makes nothing and lets nobody in', async () => {
  const ann = await aUser(api.database)
  const refused = await create(ann, 'Mine', board.workspaceId)
  expect([refused.status, refused.body.error.code]).toEqual([409, 'request.id_taken'])
  expect(await mine(ann)).toEqual([])
})

test('nobody owns more than twenty, also not when asking for many at once', async () => {
  const ann = await aUser(api.database)
  const many = Array.from({ length: WORKSPACES_OWNED_MAX + 3 }, () => create(ann, 'Many'))
  const answers = await Promise.all(many)
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(WORKSPACES_OWNED_MAX)
  expect(new Set(answers.map(({ body }) => body.error?.code))).toEqual(
    new Set([undefined, 'workspace.limit']),
  )
})

test('an owner renames a workspace; an admin does not, and that they tried is written down', async () => {
  const admin = await aMember(api.database, board, 'admin')
  expect(await rename(admin, 'Mine')).toBe(403)
  expect(await rename(board.ownerId, 'Acme & Co.')).toBe(204)
  expect(await mine(admin)).toMatchObject([{ name: 'Acme & Co.' }])
  expect(await told()).toMatchObject([
    { action: 'workspace.manage', actor_id: admin, decision: 'denied' },
    { action: 'workspace.rename', before: { name: 'Acme' }, after: { name: 'Acme & Co.' } },
  ])
})

test('a workspace is deleted by typing its name, and is gone for everybody at once', async () => {
  const admin = await aMember(api.database, board, 'admin')
  expect((await remove(admin)).status).toBe(403)
  const refused = await remove(board.ownerId, 'acme')
  expect([refused.status, refused.body.error.code]).toEqual([422, 'workspace.other_name'])
  expect(await seesBoard(admin)).toBe(200)

  expect((await remove(board.ownerId)).status).toBe(204)
  for (const person of [board.ownerId, admin]) {
    expect(await seesBoard(person)).toBe(404)
    expect(await mine(person)).toEqual([])
  }
  expect(await rename(board.ownerId, 'Back')).toBe(404)
  expect((await remove(board.ownerId)).status).toBe(404)
})

test('its owners find it among what they deleted and bring it back whole; nobody else does', async () => {
  const second = await aMember(api.database, board, 'owner')
  const admin = await aMember(api.database, board, 'admin')
  await remove(board.ownerId)
  expect(await deleted(second)).toMatchObject([{ id: board.workspaceId, name: 'Acme' }])
  expect(await deleted(admin)).toEqual([])
  expect(await restore(admin)).toBe(404)
  expect(await restore(await aUser(api.database))).toBe(404)

  expect(await restore(second)).toBe(204)
  expect(await restore(second)).toBe(404)
  expect(await deleted(second)).toEqual([])
  expect(await seesBoard(admin)).toBe(200)
  expect(await told()).toMatchObject([
    { action: 'workspace.delete', actor_id: board.ownerId, before: { name: 'Acme' } },
    { action: 'workspace.restore', actor_id: second, after: { deletedAt: null } },
  ])
})

test('what is deleted counts among what one owns while it can be brought back', async () => {
  const ann = await aUser(api.database)
  for (let made = 0; made < WORKSPACES_OWNED_MAX; made += 1) await create(ann, 'Many')
  const [first] = await mine(ann)
  const path = `/api/v1/workspaces/${first.id}/delete`
  expect((await api.call('POST', path, { as: ann, body: { name: 'Many' } })).status).toBe(204)
  expect((await create(ann, 'One more')).status).toBe(409)
})
