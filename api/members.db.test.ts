import type { Knex } from 'knex'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import type { Role } from '#core/kernel/permissions.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'

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
  member = await aMember(api.database, board, 'member')
})

const path = (userId: string) => `/api/v1/workspaces/${board.workspaceId}/members/${userId}`
const give = async (as: string, userId: string, role: Role) =>
  (await api.call('PATCH', path(userId), { as, body: { role } })).status
const remove = async (as: string, userId: string) =>
  (await api.call('DELETE', path(userId), { as })).status
const roleOf = async (userId: string) =>
  (await api.database('workspace_members').where({ user_id: userId }).first('role'))?.role
const told = async (action: string) =>
  await api.database('audit_log').where({ workspace_id: board.workspaceId, action })

test('ASVS line 17: an admin gives a member another role, which counts from then on and is written down', async () => {
  expect(await give(admin, member, 'viewer')).toBe(204)
  expect(await roleOf(member)).toBe('viewer')
  const archive = `/api/v1/boards/${board.boardId}/archive`
  expect((await api.call('POST', archive, { as: member })).status).toBe(403)
  expect(await told('member.role')).toMatchObject([
    { actor_id: admin, target_id: member, before: { role: 'member' }, after: { role: 'viewer' } },
  ])
})

test('an admin makes nobody an owner and changes no owner, and that they tried is written down', async () => {
  expect(await give(admin, member, 'owner')).toBe(403)
  expect(await give(admin, board.ownerId, 'member')).toBe(403)
  expect(await remove(admin, board.ownerId)).toBe(403)
  expect(await roleOf(member)).toBe('member')
  expect((await told('member.role')).map(({ decision }) => decision)).toEqual(['denied', 'denied'])
})

test('a member changes nobody', async () => {
  expect(await give(member, admin, 'viewer')).toBe(403)
  expect(await give(member, member, 'admin')).toBe(403)
  expect(await remove(member, admin)).toBe(403)
  expect(await roleOf(admin)).toBe('admin')
})

test('ASVS line 17: who is taken out sees nothing any more, and what they made stays', async () => {
  const cardId = await aCard(api.database, board)
  await api.database('cards').where({ id: cardId }).update({ created_by: member })
  const link = { card_id: cardId, user_id: member, workspace_id: board.workspaceId }
  await api.database('card_assignees').insert(link)

  expect(await remove(admin, member)).toBe(204)

  expect((await api.call('GET', `/api/v1/cards/${cardId}`, { as: member })).status).toBe(404)
  expect(await api.database('cards').where({ id: cardId })).toHaveLength(1)
  expect(await api.database('card_assignees').where({ card_id: cardId })).toEqual([])
})

async function assign(trx: Knex, boardId: string, cardId: string): Promise<void> {
  // As the engine does: the board is locked by the number of the event.
  const [{ event_seq }] = await trx('boards')
    .where({ id: boardId })
    .increment('event_seq', 1)
    .returning('event_seq')
  const workspace_id = board.workspaceId
  await trx('card_assignees').insert({ card_id: cardId, user_id: member, workspace_id })
  const event = { board_id: boardId, seq: event_seq, workspace_id, type: 'card.assigned' }
  await trx('board_events').insert({
    ...event,
    actor_id: admin,
    command_id: newId(),
    body: {},
    changes: {},
  })
}

const eventsOf = async (boardId: string) =>
  await api.database('board_events').where({ board_id: boardId }).orderBy('seq')
const lastOf = async (boardId: string) =>
  (await api.database('boards').where({ id: boardId }).first('event_seq')).event_seq

test('boards on whose cards somebody was are told to be read again, the others are not', async () => {
  const other = await aBoard(api.database, { within: board })
  const [cardId, gone] = [
    await aCard(api.database, board),
    await aCard(api.database, other, { row: { archived_at: new Date() } }),
  ]
  await assign(api.database, board.boardId, cardId)
  await assign(api.database, other.boardId, gone)
  expect(await remove(member, member)).toBe(204)

  expect((await eventsOf(board.boardId)).slice(1)).toMatchObject([
    { seq: 2, type: 'member.removed', actor_id: member, body: { reload: true } },
  ])
  expect([await lastOf(board.boardId), await lastOf(other.boardId)]).toEqual([2, 1])
})

test('a board on which somebody is being put on a card this moment is told too', async () => {
  const cardId = await aCard(api.database, board)
  const removed = await api.database.transaction(async (trx) => {
    await assign(trx, board.boardId, cardId)
    const removing = remove(admin, member)
    await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 5_000 })
    return { removing }
  })
  expect(await removed.removing).toBe(204)
  const events = await eventsOf(board.boardId)
  expect(events.map(({ seq, type }) => [seq, type])).toEqual([
    [1, 'card.assigned'],
    [2, 'member.removed'],
  ])
  expect(await lastOf(board.boardId)).toBe(2)
})

/** How many wait for a row somebody else holds. */
async function waiting(): Promise<number> {
  const { rows } = await api.database.raw(
    `select count(*)::int from pg_locks l join pg_stat_activity a using (pid)
     where not l.granted and a.datname = current_database()`,
  )
  return rows[0].count
}

test('everybody may leave, but for the last owner', async () => {
  const viewer = await aMember(api.database, board, 'viewer')
  expect(await remove(viewer, viewer)).toBe(204)
  expect(await told('member.remove')).toMatchObject([{ actor_id: viewer, target_id: viewer }])
  expect(await remove(board.ownerId, board.ownerId)).toBe(409)
  expect(await give(board.ownerId, board.ownerId, 'admin')).toBe(409)
})

test('of two owners who leave at once, one stays', async () => {
  const second = await aMember(api.database, board, 'owner')
  const stati = await Promise.all([remove(second, second), remove(board.ownerId, board.ownerId)])
  expect(stati.toSorted((a, b) => a - b)).toEqual([204, 409])
})
