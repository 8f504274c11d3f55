import { beforeAll, beforeEach, expect, test } from 'vitest'
import { completed, GIVABLE } from '#core/kernel/permissions.ts'
import { ROLES_PER_WORKSPACE_MAX } from '#core/kernel/limits.ts'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import {
  aBoard,
  aMember,
  aMemberWith,
  aWorkspace,
  type SomeBoard,
  type SomeWorkspace,
} from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard
let admin: string
let viewer: string

beforeAll(async () => {
  api = await anApi()
  return api.stop
})
beforeEach(async () => {
  board = await aBoard(api.database)
  admin = await aMember(api.database, board, 'admin')
  viewer = await aMember(api.database, board, 'viewer')
})

const roles = (id = '') => `/api/v1/workspaces/${board.workspaceId}/roles${id && `/${id}`}`
const make = async (as: string, name: string, permissions: readonly string[]) =>
  await api.call('POST', roles(), { as, body: { name, permissions } })
const give = async (as: string, userId: string, body: object) => {
  const path = `/api/v1/workspaces/${board.workspaceId}/members/${userId}`
  return await api.call('PATCH', path, { as, body })
}
const archive = async (as: string) => {
  const path = `/api/v1/boards/${board.boardId}/archive`
  return (await api.call('POST', path, { as, headers: { prefer: 'respond-async' } })).status
}
const workspaceOf = async (as: string) =>
  (await api.call('GET', '/api/v1/me', { as })).body.workspaces[0]

test('a role is made, given, counts at once, is made less and taken back', async () => {
  const { status, body } = await make(admin, 'Builder', ['board.configure'])
  expect(status).toBe(201)
  expect((await give(admin, viewer, { roleId: body.id })).status).toBe(204)
  expect(await workspaceOf(viewer)).toMatchObject({
    role: 'custom',
    roleName: 'Builder',
    permissions: ['board.read', 'board.configure'],
  })
  expect((await api.call('GET', roles(), { as: viewer })).body.items).toEqual([
    { id: body.id, name: 'Builder', permissions: ['board.read', 'board.configure'], members: 1 },
  ])
  expect(await archive(viewer)).toBe(202)

  const less = { as: admin, body: { name: 'Reader', permissions: ['board.read'] } }
  expect((await api.call('PATCH', roles(body.id), less)).status).toBe(204)
  expect(await archive(viewer)).toBe(403)

  const refused = await api.call('DELETE', roles(body.id), { as: admin })
  expect([refused.status, refused.body.error.code]).toEqual([409, 'role.in_use'])
  expect((await give(admin, viewer, { role: 'viewer' })).status).toBe(204)
  expect((await api.call('DELETE', roles(body.id), { as: admin })).status).toBe(204)

  const lines = await api.database('audit_log').where({ actor_id: admin }).orderBy('id')
  expect(lines.map(({ action }) => action)).toEqual([
    'role.create',
    'member.role',
    'role.edit',
    'member.role',
    'role.delete',
  ])
  expect(lines[2]).toMatchObject({
    target_kind: 'role',
    target_id: body.id,
    before: { name: 'Builder', permissions: ['board.read', 'board.configure'] },
    after: { name: 'Reader', permissions: ['board.read'] },
  })
})

test('what goes with a permission is given with it', async () => {
  await make(admin, 'Worker', ['card.write'])
  const [role] = (await api.call('GET', roles(), { as: admin })).body.items
  expect(role.permissions).toEqual(['board.read', 'card.write', 'card.write.own'])
})

test('ASVS line 31: nobody makes, changes, gives or takes away more than they hold, and that is written down', async () => {
  const lead = await aMemberWith(api.database, board, ['members.manage', 'comment.write'])
  const strong = await make(admin, 'Strong', GIVABLE)
  const weak = await make(lead, 'Weak', ['comment.write'])
  expect(weak.status).toBe(201)

  const more = { as: lead, body: { permissions: ['card.write'] } }
  const stati = [
    (await make(lead, 'Mine', ['audit.read'])).status,
    (await api.call('PATCH', roles(weak.body.id), more)).status,
    (await api.call('PATCH', roles(strong.body.id), { as: lead, body: { name: 'S' } })).status,
    (await api.call('DELETE', roles(strong.body.id), { as: lead })).status,
    (await give(lead, lead, { roleId: strong.body.id })).status,
    (await give(lead, viewer, { role: 'member' })).status,
    (await give(lead, admin, { role: 'viewer' })).status,
  ]
  expect(stati).toEqual(stati.map(() => 403))
  const denied = await api.database('audit_log').where({ actor_id: lead, decision: 'denied' })
  expect(denied).toHaveLength(stati.length)
  expect((await give(lead, viewer, { roleId: weak.body.id })).status).toBe(204)
})

test('what stays with owners is in no role that is made', async () => {
  const { status, body } = await make(board.ownerId, 'Second owner', ['workspace.manage'])
  expect([status, body.error.code]).toEqual([400, 'request.invalid'])
})

test('a name is taken once, a role of elsewhere is nowhere, and there is a most of roles', async () => {
  const elsewhere = await aBoard(api.database)
  const mine = await make(admin, 'Tester', ['comment.write'])
  const again = await make(admin, 'TESTER', ['comment.write'])
  expect([again.status, again.body.error.code]).toEqual([409, 'role.name_taken'])
  const other = await aMemberWith(api.database, elsewhere, ['card.write'])
  const { role_id: foreign } = await api
    .database('workspace_members')
    .where({ user_id: other })
    .first('role_id')
  for (const id of [foreign, newId()]) {
    expect((await give(admin, viewer, { roleId: id })).body.error.code).toBe('role.not_found')
    const renamed = await api.call('PATCH', roles(id), { as: admin, body: { name: 'X' } })
    expect(renamed.body.error.code).toBe('role.not_found')
    expect((await api.call('DELETE', roles(id), { as: admin })).status).toBe(404)
  }
  const many = Array.from({ length: ROLES_PER_WORKSPACE_MAX - 1 }, (_, index) => ({
    id: newId(),
    workspace_id: board.workspaceId,
    name: `Role ${index}`,
    permissions: completed([]),
  }))
  await api.database('roles').insert(many)
  expect((await make(admin, 'One more', ['comment.write'])).body.error.code).toBe('role.limit')
  expect(mine.status).toBe(201)
})

test('a role that reads the audit and manages nobody reads the audit', async () => {
  const auditor = await aMemberWith(api.database, board, ['audit.read'])
  await make(admin, 'Tester', ['comment.write'])
  const path = `/api/v1/workspaces/${board.workspaceId}/audit`
  const { body } = await api.call('GET', path, { as: auditor })
  expect(body.items.map(({ action }: { action: string }) => action)).toContain('role.create')
})

test('ASVS line 33: whoever makes a role again with the same key has it once', async () => {
  const key = newId()
  const ask = async (name: string, { workspaceId, ownerId }: SomeWorkspace = board) =>
    await api.call('POST', `/api/v1/workspaces/${workspaceId}/roles`, {
      as: ownerId,
      headers: { 'idempotency-key': key },
      body: { name, permissions: ['comment.write'] },
    })
  for (const { status, body } of [await ask('Once'), await ask('Once')]) {
    expect([status, body]).toEqual([201, { id: key }])
  }
  expect(await api.database('audit_log').where({ target_id: key })).toHaveLength(1)
  expect((await ask('Another')).body.error.code).toBe('command.key_reused')
  const elsewhere = await ask('Once', await aWorkspace(api.database))
  expect(elsewhere.body.error.code).toBe('request.id_taken')
})
