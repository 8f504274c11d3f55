import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { FRONT_HEADER } from '#core/platform/channels.ts'
import { makeLog } from '#core/platform/log.ts'
import { forwardUpgrades } from './upgrades.ts'

const log = makeLog('test', 'silent')
const stops: (() => void)[] = []

afterEach(() => {
  for (const stop of stops.splice(0).toReversed()) stop()
})

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const nobody = async () => await Promise.resolve()
const GOODBYE_LIMIT_MS = 100

/** A server that forwards to `port`, and what ends its sockets. */
async function aFront(port: number) {
  const server = createServer()
  const { end } = forwardUpgrades(server, { host: '127.0.0.1', port }, log)
  stops.push(() => void end(nobody, 0))
  return { server, port: await listening(server), end }
}

/** Stands where collab stands: says back what it hears, and where it was asked. */
async function anEcho(heard: (request: IncomingMessage, socket: WebSocket) => void = () => {}) {
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, request) => {
    heard(request, socket)
    socket.send(request.url!)
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  })
  stops.push(() => {
    for (const socket of sockets.clients) socket.terminate()
  })
  return await listening(server)
}

test('a socket at /collab speaks with collab as if it were there', async () => {
  const { port } = await aFront(await anEcho())
  const socket = new WebSocket(`ws://127.0.0.1:${port}/collab?board=1`)
  const [url] = await once(socket, 'message')
  const large = Buffer.alloc(300_000, 7)
  socket.send(large)
  const [echo] = await once(socket, 'message')
  socket.close()

  expect(String(url)).toBe('/collab?board=1')
  expect(Buffer.compare(echo as Buffer, large)).toBe(0)
})

test('when the API ends, collab sends away who came through it, with its own code', async () => {
  const fronts = new Map<unknown, WebSocket>()
  const echo = await anEcho((request, socket) => fronts.set(request.headers[FRONT_HEADER], socket))
  const { port, end } = await aFront(echo)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/collab`)
  await once(socket, 'message')
  const closed = once(socket, 'close')
  const ended = end(async (frontId) => fronts.get(frontId)?.close(1012), GOODBYE_LIMIT_MS * 100)
  expect((await closed)[0]).toBe(1012)
  await ended
  expect(await refusal(port, '/collab')).toBe('HTTP/1.1 503 Service Unavailable')
})

test('when the API ends and collab does not hear of it, the sockets it forwards end all the same', async () => {
  const { port, end } = await aFront(await anEcho())
  const socket = new WebSocket(`ws://127.0.0.1:${port}/collab`)
  await once(socket, 'message')

  await end(nobody, GOODBYE_LIMIT_MS)

  const [code] = await once(socket, 'close')
  expect(code).toBe(1006)
})

/** Asks for a socket and leaves its own side open, whatever is answered. */
function knock(port: number, path: string): Socket {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  const head = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
  socket.write(`GET ${path} HTTP/1.1\r\n${head}`)
  stops.push(() => socket.destroy())
  return socket
}

/** What a server answers to a socket it does not take. */
async function refusal(port: number, path: string): Promise<string> {
  const socket = knock(port, path)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(socket, 'end')
  return Buffer.concat(chunks).toString().split('\r\n')[0]!
}

test('while collab is away, and anywhere else, a socket is refused', async () => {
  const { port } = await aFront(1)
  expect(await refusal(port, '/collab')).toBe('HTTP/1.1 502 Bad Gateway')
  expect(await refusal(port, '/elsewhere')).toBe('HTTP/1.1 404 Not Found')
})

test('a refused socket is gone on our side, though its peer keeps its own open', async () => {
  const { server, port } = await aFront(1)
  for (const path of ['/collab', '/elsewhere']) await refusal(port, path)
  server.close()
  await once(server, 'close')
})

test('ASVS line 36: a socket of another site’s page is refused, of our own and of a program taken', async () => {
  const { port } = await aFront(await anEcho())
  const open = async (origin?: string) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/collab`, origin ? { origin } : {})
    const opened = await Promise.race([
      once(socket, 'open').then(() => true),
      once(socket, 'unexpected-response').then(() => false),
    ])
    socket.on('error', () => {}).terminate()
    return opened
  }
  const ours = `http://127.0.0.1:${port}`
  const foreign = ['https://evil.example', 'null', `${ours}.evil.example`, 'http://127.0.0.1:1']
  for (const origin of foreign) expect(await open(origin)).toBe(false)
  for (const origin of [ours, undefined]) expect(await open(origin)).toBe(true)
})
