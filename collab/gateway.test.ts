import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hocuspocus } from '@hocuspocus/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { makeLog } from '#core/platform/log.ts'
import { openGateway } from './gateway.ts'

const HEARTBEAT_EVERY_MS = 25_000

test('T5: sockets are asked whether they live with pings of WebSocket, and whoever is silent is cut off', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const server = createServer().listen(0, '127.0.0.1')
  const gateway = openGateway(server, new Hocuspocus({ quiet: true }), makeLog('test', 'silent'))
  await once(server, 'listening')
  onTestFinished(async () => {
    await gateway.drain(0)
    server.close()
    vi.useRealTimers()
  })
  const { port } = server.address() as AddressInfo
  const open = async (autoPong: boolean) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/collab`, { autoPong })
    await once(socket, 'open')
    return socket
  }
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
