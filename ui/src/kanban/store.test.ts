import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setAccess } from '../shell/access.ts'
import { useBoard } from './store.ts'
import { ModelServer } from './testing/model-server.ts'

let whoIsKnown: Promise<void> = Promise.resolve()
const reads = { code: 0, resumed: 0 }
// A network that is away when the code of the live connection is first asked for.
vi.mock('../shell/live-code.ts', () => {
  reads.code += 1
  if (reads.code === 1) throw new Error('the code did not come')
  return {
    openTabSocket: () => ({ close() {} }),
    openBoardSocket: () => ({ resume() {}, show: () => (reads.resumed += 1), close() {} }),
  }
})

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  vi.stubGlobal('fetch', async ({ pathname }: URL) => {
    if (pathname.includes('/boards/')) return Response.json(new ModelServer(1).view())
    await whoIsKnown
    return Response.json({ workspaces: [] })
  })
  const user = { id: 'u', name: 'Ann', email: 'ann@example.com' }
  setAccess({ accessToken: 'token', expiresIn: 900, user })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a live connection whose code did not come is opened once it does', async () => {
  const board = useBoard()
  board.open('board')
  await vi.waitFor(() => expect(reads).toEqual({ code: 1, resumed: 0 }))
  await vi.advanceTimersByTimeAsync(5_000)
  await vi.waitFor(() => expect(reads).toEqual({ code: 2, resumed: 1 }))
  board.close()
})

test('a board is shown once it is known who looks at it, for it takes keys from then on', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  whoIsKnown = promise
  const board = useBoard()
  board.open('board')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(board.info).toBeUndefined()
  resolve()
  await vi.waitFor(() => expect(board.info).toBeDefined())
  board.close()
})
