import { beforeAll, beforeEach, expect, test } from 'vitest'
import { Inbox } from '#core/contracts/notifications.ts'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard
let reader: string

beforeAll(async () => {
  api = await anApi()
  return api.stop
})

beforeEach(async () => {
  board = await aBoard(api.database)
  reader = await aMember(api.database, board, 'member')
})

/** Notifications to the reader, oldest first; answers their ids. */
async function someNews(count: number): Promise<string[]> {
  const cardId = await aCard(api.database, board)
  const rows = Array.from({ length: count }, (_, index) => ({
    id: newId(1_000_000 + index),
    workspace_id: board.workspaceId,
    user_id: reader,
    kind: 'assigned',
    actor_id: board.ownerId,
    board_id: board.boardId,
    card_id: cardId,
    excerpt: `News ${index + 1}`,
    effect_key: newId(),
  }))
  await api.database('notifications').insert(rows)
  return rows.map(({ id }) => id)
}

const inbox = async (query = '', as = reader) => {
  const { body } = await api.call('GET', `/api/v1/notifications${query}`, { as })
  return Inbox.parse(body)
}
const markRead = (body: object, as = reader) =>
  api.call('POST', '/api/v1/notifications/read', { as, body })

test('the inbox shows the newest first, page by page, and how much is unread', async () => {
  await someNews(25)

  const first = await inbox()
  const second = await inbox(`?cursor=${first.nextCursor}`)

  expect(first.items).toHaveLength(20)
  expect(first.items[0]).toMatchObject({ excerpt: 'News 25', cardTitle: 'Fix login', readAt: null })
  expect(second.items.map(({ excerpt }) => excerpt).at(-1)).toBe('News 1')
  expect(second.nextCursor).toBeNull()
  expect(first.unreadCount).toBe(25)
})

test('what was read stays in the inbox but counts no more', async () => {
  const ids = await someNews(3)

  const { body } = await markRead({ ids: [ids[0], ids[0], ids[1]] })

  expect(body).toEqual({ unreadCount: 1 })
  expect((await inbox()).items).toHaveLength(3)
  expect((await inbox('?unread=true')).items.map(({ id }) => id)).toEqual([ids[2]])
})

test('all can be marked at once, and marking again changes nothing', async () => {
  await someNews(3)
  expect((await markRead({ all: true })).body).toEqual({ unreadCount: 0 })
  const readAt = (await inbox()).items.map((item) => item.readAt)

  await markRead({ all: true })

  expect((await inbox()).items.map((item) => item.readAt)).toEqual(readAt)
})

test('somebody else’s notification cannot be marked, and then none is', async () => {
  const ids = await someNews(2)
  const other = await aMember(api.database, board, 'member')

  const { status, body } = await markRead({ ids }, other)
  const mixed = await markRead({ ids: [ids[0], newId()] })

  expect(status).toBe(404)
  expect(body.error.code).toBe('notification.not_found')
  expect(mixed.body.error.code).toBe('notification.not_found')
  expect((await inbox()).unreadCount).toBe(2)
  expect((await inbox('', other)).items).toEqual([])
})
