import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hocuspocus } from '@hocuspocus/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { newId } from '#core/kernel/ids.ts'
import { makeLog } from '#core/platform/log.ts'
import { openGateway, type SocketContext } from './gateway.ts'

const HEARTBEAT_EVERY_MS = 25_000
const SIGN_IN_LIMIT_MS = 10_000

const NAME = Buffer.from(`board:${newId()}`)
/** As the protocol of Hocuspocus and that of Yjs have it: a token, and what is there of a document. */
const SIGN_IN = Buffer.from([NAME.length, ...NAME, 2, 0, 4, ...Buffer.from('good')])
const ASK = Buffer.from([NAME.length, ...NAME, 0, 0, 1, 0])

/** A gateway whose timers are ours; gives the way to open a socket to it. */
async function aGateway(
  timers: ('setInterval' | 'clearInterval' | 'setTimeout' | 'clearTimeout')[],
) {
  vi.useFakeTimers({ toFake: timers })
  const server = createServer().listen(0, '127.0.0.1')
  const hocuspocus = new Hocuspocus({
    quiet: true,
    onAuthenticate: async ({ context }) => (context as SocketContext).socket.signedIn(),
  })
  const gateway = openGateway(server, hocuspocus, makeLog('test', 'silent'))
  await once(server, 'listening')
  onTestFinished(async () => {
    await gateway.drain(0)
    server.close()
    vi.useRealTimers()
  })
  const { port } = server.address() as AddressInfo
  return async (autoPong = true) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/collab`, { autoPong })
    await once(socket, 'open')
    return socket
  }
}

test('T5: sockets are asked whether they live with pings of WebSocket, and whoever is silent is cut off', async () => {
  const open = await aGateway(['setInterval', 'clearInterval'])
  const [alive, silent] = [await open(true), await open(false)]
  const heard = vi.fn<() => void>()
  alive.on('message', heard)

  const asked = Promise.all([once(alive, 'ping'), once(silent, 'ping')])
  vi.advanceTimersByTime(HEARTBEAT_EVERY_MS)
  await asked
  // Its answer is there once that to a ping of ours is back.
  alive.ping()
  await once(alive, 'pong')
  const gone = once(silent, 'close')
  vi.advanceTimersByTime(HEARTBEAT_EVERY_MS)
  expect((await gone)[0]).toBe(1006)
  expect(alive.readyState).toBe(WebSocket.OPEN)
  expect(heard).not.toHaveBeenCalled()
})

test('who connects and has not said after ten seconds who they are is sent away, whatever else they say', async () => {
  const open = await aGateway(['setTimeout', 'clearTimeout'])
  const [silent, busy, person] = [await open(), await open(), await open()]
  const answered = once(person, 'message')
  person.send(SIGN_IN)
  await answered
  busy.send(ASK)
  busy.ping()
  // It answers once it has heard what came before.
  await once(busy, 'pong')
  const gone = Promise.all([silent, busy].map((socket) => once(socket, 'close')))
  vi.advanceTimersByTime(SIGN_IN_LIMIT_MS)
  expect((await gone).map(([code]) => code)).toEqual([4408, 4408])
  expect(person.readyState).toBe(WebSocket.OPEN)
})
