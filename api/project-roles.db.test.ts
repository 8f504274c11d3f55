import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Role } from '#core/kernel/permissions.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aCard, aMember, aMemberWith, type SomeBoard } from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard
let admin: string
let member: string

beforeAll(async () => {
  api = await anApi()
  return api.stop
})
beforeEach(async () => {
  board = await aBoard(api.database)
  admin = await aMember(api.database, board, 'admin')
  member = await aMember(api.database, board, 'member', { name: 'Bob' })
})

const pathOf = (userId: string | null) =>
  `/api/v1/projects/${board.projectId}/${userId === null ? 'everybody' : `members/${userId}`}`
const say = async (as: string, userId: string | null, body: object) => {
  const { status, body: answer } = await api.call('PUT', pathOf(userId), { as, body })
  return answer?.error?.code ?? status
}
const unsay = async (as: string, userId: string | null) =>
  (await api.call('DELETE', pathOf(userId), { as })).status
const read = async (as: string, path: string) => {
  const { status, body } = await api.call('GET', `/api/v1${path}`, { as })
  return body.error?.code ?? status
}
const workspaceOf = async (as: string) =>
  (await api.call('GET', '/api/v1/me', { as })).body.workspaces[0]
const archive = async (as: string) => {
  const path = `/api/v1/boards/${board.boardId}/archive`
  return (await api.call('POST', path, { as, headers: { prefer: 'respond-async' } })).status
}

test('a member who is kept from a project is told that all of it is nowhere, until they are let in', async () => {
  const cardId = await aCard(api.database, board)
  const paths = [
    [`/projects/${board.projectId}`, 'project.not_found'],
    [`/projects/${board.projectId}/boards`, 'project.not_found'],
    [`/boards/${board.boardId}`, 'board.not_found'],
    [`/cards/${cardId}`, 'card.not_found'],
    [`/cards/${cardId}/history`, 'card.not_found'],
  ] as const
  expect(await say(admin, member, { role: 'none' })).toBe(204)
  for (const [path, code] of paths) expect(await read(member, path)).toBe(code)
  const list = `/api/v1/workspaces/${board.workspaceId}/projects`
  expect((await api.call('GET', list, { as: member })).body.items).toEqual([])

  expect(await unsay(admin, member)).toBe(204)
  for (const [path] of paths) expect(await read(member, path)).toBe(200)
})

test('who is something else in a project is told so with their workspace, and may do it there', async () => {
  const viewer = await aMember(api.database, board, 'viewer')
  expect(await archive(viewer)).toBe(403)
  expect(await say(admin, viewer, { role: 'member' })).toBe(204)
  expect(await archive(viewer)).toBe(202)
  const { role, projects } = await workspaceOf(viewer)
  expect(role).toBe('viewer')
  expect(projects).toEqual([
    { projectId: board.projectId, permissions: expect.arrayContaining(['card.write']) },
  ])
  expect(await say(admin, viewer, { role: 'none' })).toBe(204)
  expect((await workspaceOf(viewer)).projects).toEqual([])
})

test('who shuts a project to everybody is named in it first, so that they can open it again', async () => {
  const manager = await aMemberWith(api.database, board, ['members.manage', 'card.write'])
  expect(await say(manager, null, { role: 'none' })).toBe('member.not_named')
  const { role_id: roleId } = await api
    .database('workspace_members')
    .where({ user_id: manager })
    .first('role_id')
  expect(await say(manager, manager, { roleId })).toBe(204)
  expect(await say(manager, null, { role: 'none' })).toBe(204)
  expect(await unsay(manager, null)).toBe(204)
})

test('who is less in a project gets no more there by changing the role they have in it', async () => {
  const manager = await aMemberWith(api.database, board, ['members.manage', 'card.write'])
  const roles = `/api/v1/workspaces/${board.workspaceId}/roles`
  const low = await api.call('POST', roles, {
    as: board.ownerId,
    body: { name: 'Low', permissions: ['board.read'] },
  })
  expect(await say(board.ownerId, manager, { roleId: low.body.id })).toBe(204)
  const more = { as: manager, body: { permissions: ['members.manage', 'card.write'] } }
  const { status, body } = await api.call('PATCH', `${roles}/${low.body.id}`, more)
  expect([status, body.error.code]).toEqual([403, 'permission.denied'])
})

test('a private project is seen by those who are named, and by owners and admins', async () => {
  const named = await aMember(api.database, board, 'viewer')
  expect(await say(board.ownerId, null, { role: 'none' })).toBe(204)
  expect(await say(board.ownerId, named, { role: 'viewer' })).toBe(204)
  const path = `/boards/${board.boardId}`
  const seen = await Promise.all([board.ownerId, admin, named, member].map((as) => read(as, path)))
  expect(seen).toEqual([200, 200, 200, 'board.not_found'])
  const { body } = await api.call('GET', `/api/v1${path}`, { as: named })
  const people = (body.members as { id: string }[]).map(({ id }) => id)
  expect(people.toSorted()).toEqual([board.ownerId, admin, named].toSorted())

  const list = await api.call('GET', `/api/v1/projects/${board.projectId}/members`, { as: named })
  expect(list.body.everybody).toEqual({ role: 'none', roleId: null })
  const of = (id: string) => list.body.items.find((one: { id: string }) => one.id === id)
  expect([of(named).inProject, of(member).inProject]).toEqual([
    { role: 'viewer', roleId: null },
    null,
  ])
  expect(await unsay(board.ownerId, null)).toBe(204)
  expect(await read(member, path)).toBe(200)
})

test.each(['owner', 'admin'] as const satisfies Role[])(
  'nothing is said of an %s of the workspace, nor of a stranger',
  async (role) => {
    const theirs = await aMember(api.database, board, role)
    expect(await say(admin, theirs, { role: 'none' })).toBe('member.keeps_rights')
    const { ownerId: stranger } = await aBoard(api.database)
    expect(await say(admin, stranger, { role: 'viewer' })).toBe('member.not_found')
  },
)

test('who runs a project says what people are in it, and gives and takes no more than they hold', async () => {
  const [lead, other] = [member, await aMember(api.database, board, 'viewer')]
  expect(await say(lead, other, { role: 'member' })).toBe('permission.denied')
  expect(await say(admin, lead, { role: 'admin' })).toBe(204)
  expect(await say(lead, other, { role: 'member' })).toBe(204)
  expect(await say(lead, null, { role: 'none' })).toBe(204)

  const recruiter = await aMemberWith(api.database, board, ['members.manage'])
  expect(await say(recruiter, other, { role: 'viewer' })).toBe('project.not_found')
  expect(await unsay(lead, null)).toBe(204)
  expect(await say(recruiter, other, { role: 'viewer' })).toBe('permission.denied')
  expect(await say(recruiter, null, { role: 'member' })).toBe('permission.denied')
  expect(await say(recruiter, null, { role: 'none' })).toBe('member.not_named')
})

test('who is kept from a project is on no card of it any more, and its boards are read again', async () => {
  const named = await aMember(api.database, board, 'member')
  await say(admin, named, { role: 'member' })
  const cardId = await aCard(api.database, board)
  const people = [member, named, admin]
  const { workspaceId, boardId } = board
  await api
    .database('card_assignees')
    .insert(people.map((user_id) => ({ card_id: cardId, user_id, workspace_id: workspaceId })))
  const assignees = async () =>
    await api
      .database('card_assignees')
      .where({ card_id: cardId })
      .orderBy('user_id')
      .pluck('user_id')
  expect(await say(admin, null, { role: 'none' })).toBe(204)
  expect(await assignees()).toEqual([named, admin].toSorted())
  expect(await say(admin, named, { role: 'none' })).toBe(204)
  expect(await assignees()).toEqual([admin])
  const path = `/api/v1/workspaces/${workspaceId}/members/${admin}`
  const as = board.ownerId
  expect((await api.call('PATCH', path, { as, body: { role: 'member' } })).status).toBe(204)
  expect(await assignees()).toEqual([])
  const events = await api.database('board_events').where({ board_id: boardId }).orderBy('seq')
  expect(events).toMatchObject(
    [1, 2, 3].map((seq) => ({ seq, type: 'member.removed', body: { reload: true } })),
  )
})

test('what is said is written down, and so is who was not allowed to', async () => {
  await say(admin, member, { role: 'viewer' })
  await say(member, null, { role: 'none' })
  await unsay(admin, member)
  const lines = await api
    .database('audit_log')
    .where({ target_id: board.projectId })
    .orderBy('id')
    .select('actor_id', 'decision', 'before', 'after')
  expect(lines).toMatchObject([
    { decision: 'allowed', before: { role: null }, after: { userId: member, role: 'viewer' } },
    { decision: 'denied', actor_id: member },
    { decision: 'allowed', before: { role: 'viewer' }, after: { role: null } },
  ])
})

test('a role that somebody has in one project stays, though who would delete it does not see that', async () => {
  const roles = `/api/v1/workspaces/${board.workspaceId}/roles`
  const body = { name: 'Tester', permissions: ['comment.write', 'members.manage'] }
  const { body: made } = await api.call('POST', roles, { as: admin, body })
  expect(await say(admin, member, { roleId: made.id })).toBe(204)
  const recruiter = await aMemberWith(api.database, board, ['members.manage', 'comment.write'])
  expect(await say(admin, recruiter, { role: 'none' })).toBe(204)
  const { body: answer } = await api.call('DELETE', `${roles}/${made.id}`, { as: recruiter })
  expect(answer.error.code).toBe('role.in_use')
})

test('files, notifications and words of a project are kept from who is kept from it', async () => {
  const cardId = await aCard(api.database, board, { title: 'Grapefruit' })
  const { database } = api
  const home = { workspace_id: board.workspaceId, card_id: cardId }
  await database('search_entries').insert({
    ...home,
    source_id: cardId,
    source: 'title',
    body: 'Grapefruit',
  })
  const fileId = crypto.randomUUID()
  const file = { id: fileId, workspace_id: board.workspaceId, uploader_id: board.ownerId }
  await database('files').insert({
    ...file,
    name: 'a.txt',
    media_type: 'text/plain',
    state: 'ready',
  })
  await database('attachments').insert({ ...home, id: fileId, added_by: board.ownerId })
  const told = { board_id: board.boardId, kind: 'mentioned', excerpt: '-', effect_key: fileId }
  await database('notifications').insert({ ...home, ...told, id: fileId, user_id: member })

  const found = async () =>
    (await api.call('GET', '/api/v1/search?q=grapefruit', { as: member })).body.items.length
  const inbox = async () => {
    const { items, unreadCount } = (await api.call('GET', '/api/v1/notifications', { as: member }))
      .body
    return [items.length, unreadCount]
  }
  expect([await found(), await inbox()]).toEqual([1, [1, 1]])
  await say(admin, member, { role: 'none' })
  expect([await found(), await inbox()]).toEqual([0, [0, 0]])
  expect(await read(member, `/attachments/${fileId}/content`)).toBe('attachment.not_found')
})
