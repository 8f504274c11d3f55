// @vitest-environment node
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Extension, Hocuspocus } from '@hocuspocus/server'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import { makeLog } from '#core/platform/log.ts'
import { openGateway } from '../../../collab/gateway.ts'
import { ApiError } from './api-error.ts'
import { openBoardSocket } from './board-socket.ts'
import { openTabSocket } from './tab-socket.ts'

const BOARD = '01a1fc3d-ad72-7d72-91c3-098e59602e61'
const AWAY = new ApiError('network.away', 'the API restarts')
const COMES_BACK = { timeout: 10_000 }

beforeEach(() => {
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }))
  vi.stubGlobal('window', new EventTarget())
  // The pause before a broken connection is tried again, at its shortest.
  vi.spyOn(Math, 'random').mockReturnValue(0.0001)
})

let hocuspocus: Hocuspocus
let isShut = false

/** A live server that lets in whoever says «good» and tells others their word as the reason. */
async function aLiveServer(beforeSync: Extension['beforeSync'] = async () => {}): Promise<void> {
  hocuspocus = new Hocuspocus({
    quiet: true,
    beforeSync,
    onAuthenticate: async ({ token }) => {
      if (token !== 'good') throw Object.assign(new Error(), { reason: token })
      await Promise.resolve()
    },
  })
  const server = createServer()
  // As proxies do that let no socket through.
  server.on('upgrade', (_request, stream) => isShut && stream.destroy())
  openGateway(server, hocuspocus, makeLog('test', 'silent'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  vi.stubGlobal('location', { origin: `http://127.0.0.1:${port}` })
  onTestFinished(() => void server.close())
}

/** A board's connection that is given these tokens, one after the other, and then good ones. */
async function aSocket(...tokens: (string | ApiError)[]) {
  await aLiveServer()
  return openOne(tokens)
}

function openOne(tokens: (string | ApiError)[], renewInMs = () => 60_000) {
  const asked: boolean[] = []
  const [connected, gone] = [vi.fn<() => void>(), vi.fn<() => void>()]
  const elsewhere = vi.fn<(is: boolean) => void>()
  const blocked = vi.fn<(is: boolean) => void>()
  const tab = openTabSocket({
    elsewhere,
    blocked,
    renewInMs,
    renew: async () => await Promise.resolve(),
    token: async (isOver) => {
      asked.push(isOver)
      const token = tokens.shift() ?? 'good'
      return token instanceof ApiError ? await Promise.reject(token) : await Promise.resolve(token)
    },
  })
  const board = openBoardSocket(tab, BOARD, {
    connected,
    message: () => {},
    gone,
    present: () => {},
  })
  onTestFinished(() => {
    board.close()
    tab.close()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
  return { asked, tab, board, connected, gone, elsewhere, blocked }
}

test('a token that cannot be had for a while does not end the live connection', async () => {
  const { asked, connected } = await aSocket(AWAY, AWAY)
  await vi.waitFor(() => expect(connected).toHaveBeenCalledOnce(), COMES_BACK)
  expect(asked).toEqual([false, false, false])
}, 15_000)

test('a refused token is renewed until one is let in', async () => {
  const { asked, connected } = await aSocket('token', 'token')
  await vi.waitFor(() => expect(connected).toHaveBeenCalledOnce(), COMES_BACK)
  expect(asked).toEqual([false, true, true])
}, 15_000)

test('a server that cannot ask its database is asked again', async () => {
  const { connected } = await aSocket('unavailable')
  await vi.waitFor(() => expect(connected).toHaveBeenCalledOnce(), COMES_BACK)
}, 15_000)

test('a board that is not there is told, and asked for again when the page is visited, not before', async () => {
  const { asked, connected, gone } = await aSocket('not-found')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(asked).toHaveLength(1)
  expect(gone).toHaveBeenCalledOnce()
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(() => expect(connected).toHaveBeenCalledOnce(), COMES_BACK)
}, 15_000)

test('once the network is back nobody sits out the pause', async () => {
  const { asked } = await aSocket(AWAY, AWAY, AWAY)
  await vi.waitFor(() => expect(asked).toHaveLength(3), COMES_BACK)
  // The next try by itself is seconds away; by now the socket of this one has closed.
  await new Promise((resolve) => setTimeout(resolve, 200))
  const before = asked.length
  window.dispatchEvent(new Event('online'))
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before), { timeout: 500 })
})

test('a tab that was let go for another browser stays away until the person turns to it', async () => {
  const { asked, connected, elsewhere } = await aSocket()
  await vi.waitFor(() => expect(connected).toHaveBeenCalledOnce(), COMES_BACK)
  for (const { webSocket } of hocuspocus.documents.values().next().value!.getConnections()) {
    webSocket.close(4409)
  }
  await vi.waitFor(() => expect(elsewhere).toHaveBeenLastCalledWith(true))
  window.dispatchEvent(new Event('online'))
  document.dispatchEvent(new Event('visibilitychange'))
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(asked).toHaveLength(1)
  window.dispatchEvent(new Event('keydown'))
  await vi.waitFor(() => expect(connected).toHaveBeenCalledTimes(2), COMES_BACK)
  expect(elsewhere).toHaveBeenLastCalledWith(false)
}, 15_000)

test('T7: when a server goes, its tabs do not come back all at once', () => {
  vi.restoreAllMocks()
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:9' })
  const tabs = Array.from({ length: 20 }, () =>
    openTabSocket({
      token: async () => await Promise.resolve('good'),
      elsewhere: () => {},
      blocked: () => {},
      renewInMs: () => 60_000,
      renew: async () => await Promise.resolve(),
    }),
  )
  const waits = tabs.map(({ websocket }) => websocket.configuration.delay)
  for (const tab of tabs) tab.close()
  expect(new Set(waits).size).toBeGreaterThan(10)
  expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(1_000)
})

test('without a network it waits for the network, and not for a while', async () => {
  vi.stubGlobal('navigator', { onLine: false })
  const { asked, connected } = await aSocket('token')
  await vi.waitFor(() => expect(asked).toHaveLength(1), COMES_BACK)
  await new Promise((resolve) => setTimeout(resolve, 200))
  vi.stubGlobal('navigator', { onLine: true })
  window.dispatchEvent(new Event('online'))
  await vi.waitFor(() => expect(connected).toHaveBeenCalledOnce(), { timeout: 900 })
})

test('a text that is opened anew while the server still stores what was written in it before is live', async () => {
  vi.restoreAllMocks()
  const stored = Promise.withResolvers<void>()
  const writing = vi.fn<() => void>()
  await aLiveServer(async ({ documentName }) => {
    if (!documentName.startsWith('card:')) return
    writing()
    await stored.promise
  })
  const { board } = openOne([])
  const open = (mayWrite: (yes: boolean) => void) => {
    const doc = new Doc()
    const nothing = { synced: () => {}, unsaved: () => {}, tooLarge: () => {}, gone: () => {} }
    return board.text(BOARD, { doc, awareness: new Awareness(doc), mayWrite, ...nothing })
  }
  const before = open(() => {})
  await vi.waitFor(() => expect(writing).toHaveBeenCalled(), COMES_BACK)
  before.close()
  const letIn = vi.fn<() => void>()
  open(letIn)
  await new Promise((resolve) => setTimeout(resolve, 100))
  stored.resolve()
  await vi.waitFor(() => expect(letIn).toHaveBeenCalled(), COMES_BACK)
}, 15_000)

test('a way that lets no socket through is told after three tries, until one comes through', async () => {
  isShut = true
  const { asked, blocked, connected } = await aSocket()
  await vi.waitFor(() => expect(blocked).toHaveBeenLastCalledWith(true), COMES_BACK)
  expect(asked).toEqual([])
  isShut = false
  await vi.waitFor(() => expect(connected).toHaveBeenCalledOnce(), COMES_BACK)
  expect(blocked).toHaveBeenLastCalledWith(false)
}, 20_000)

test('a server that says it stops may be away for a while before that is told', async () => {
  const { tab, blocked, connected } = await aSocket()
  await vi.waitFor(() => expect(connected).toHaveBeenCalledOnce(), COMES_BACK)
  blocked.mockClear()
  tab.drains(1_000)
  const { onClose } = tab.websocket.configuration
  for (let count = 0; count < 20; count += 1) onClose({ event: { code: 1006, reason: '' } })
  expect(blocked).not.toHaveBeenCalled()
})

test('who was sent away by a restart looks for the server more often, for half a minute', async () => {
  const { tab, connected } = await aSocket()
  await vi.waitFor(() => expect(connected).toHaveBeenCalledOnce(), COMES_BACK)
  const { configuration } = tab.websocket
  const closed = (code: number) => configuration.onClose({ event: { code, reason: '' } })
  const usual = configuration.maxDelay
  closed(1012)
  closed(1006)
  expect(configuration.maxDelay).toBe(5_000)
  expect(tab.websocket.shouldConnect).toBe(true)
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 31_000)
  closed(1006)
  expect(configuration.maxDelay).toBe(usual)
  expect(tab.websocket.shouldConnect).toBe(false)
})

test('a token is said anew on the connection that is there, when it wants renewing', async () => {
  await aLiveServer()
  const renewed = vi.fn<(token: string) => void>()
  hocuspocus.configuration.extensions.push({
    onTokenSync: async ({ token }) => await Promise.resolve(renewed(token)),
  })
  const waits = [10]
  const { connected, asked } = openOne([], () => waits.shift() ?? 60_000)
  await vi.waitFor(() => expect(renewed).toHaveBeenCalledWith('good'), COMES_BACK)
  expect([asked, connected.mock.calls.length]).toEqual([[false, false], 1])
})
