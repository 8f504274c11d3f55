import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setAccess } from '../shell/access.ts'
import { RecentBoards } from './recent-boards.ts'
import { useBoard } from './store.ts'
import { ModelServer } from './testing/model-server.ts'

// What connects to a server is not what is looked at here.
vi.mock('../shell/board-socket.ts', () => ({
  openBoardSocket: () => ({ resume() {}, show() {}, close() {} }),
}))

let server: ModelServer
/** Answers the reads that wait. */
let answer: () => void
let gone: boolean

beforeEach(() => {
  setActivePinia(createPinia())
  server = new ModelServer(2)
  gone = false
  const reads: (() => void)[] = []
  answer = () => reads.splice(0).forEach((read) => read())
  vi.stubGlobal('fetch', async ({ pathname }: URL, { method }: RequestInit) => {
    if (method !== 'GET') return await new Promise(() => {})
    if (!pathname.includes('/boards/')) return Response.json({ workspaces: [] })
    await new Promise<void>((resolve) => reads.push(resolve))
    const error = { code: 'board.not_found', message: 'gone', requestId: 'r', details: {} }
    return gone ? Response.json({ error }, { status: 404 }) : Response.json(server.view())
  })
  const user = { id: 'u', name: 'Ann', email: 'ann@example.com' }
  setAccess({ accessToken: 'token', expiresIn: 900, user })
})
afterEach(() => vi.unstubAllGlobals())

/** A board that was shown, and left. */
async function aBoardThatWasLeft() {
  const board = useBoard()
  board.open('board')
  await vi.waitFor(() => {
    answer()
    expect(board.cards.size).toBe(6)
  })
  board.close()
  expect(board.cards.size).toBe(0)
  return board
}

test('a board that was shown before is there at once, and then as it is now', async () => {
  const board = await aBoardThatWasLeft()
  server.do({ key: 'other', intent: { type: 'card.archive', targetId: 'todo-0', body: {} } })
  board.open('board')
  expect(board.info?.name).toBe('Board')
  expect(board.cells.get('todo')).toEqual(['todo-0', 'todo-1'])
  await vi.waitFor(() => {
    answer()
    expect(board.cells.get('todo')).toEqual(['todo-1'])
  })
  board.close()
})

test('what was done and not yet answered is still there on coming back', async () => {
  const board = await aBoardThatWasLeft()
  board.open('board')
  void board.run({ type: 'card.move', targetId: 'todo-0', body: { columnId: 'done' } })
  board.close()
  board.open('board')
  expect(board.cells.get('done')).toEqual(['done-0', 'done-1', 'todo-0'])
  board.close()
})

test('a board that is gone is not shown any longer', async () => {
  const board = await aBoardThatWasLeft()
  gone = true
  board.open('board')
  await vi.waitFor(() => {
    answer()
    expect(board.fault?.code).toBe('board.not_found')
  })
  expect(board.info).toBeUndefined()
  board.close()
  board.open('board')
  expect(board.info).toBeUndefined()
  board.close()
})

test('the boards left last are remembered, and no more than five', () => {
  const recent = new RecentBoards()
  const view = (id: string) => ({ ...server.view(), board: { ...server.view().board, id } })
  for (const id of ['a', 'b', 'c', 'a', 'd', 'e', 'f']) recent.keep(view(id))
  expect(recent.of('b')).toBeUndefined()
  for (const id of ['a', 'c', 'd', 'e', 'f']) expect(recent.of(id)?.board.id).toBe(id)
})
