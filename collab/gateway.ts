import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Hocuspocus } from '@hocuspocus/server'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { Id } from '#core/contracts/fields.ts'
import { TEXT_SYNC_BYTES_MAX, TEXT_UPDATE_BYTES_MAX } from '#core/kernel/limits.ts'
import { FRONT_HEADER } from '#core/platform/channels.ts'
import type { Log } from '#core/platform/log.ts'
import { isAddressed } from './document-name.ts'
import { isOfflineSync } from './documents/is-offline-sync.ts'
import { connections } from './metrics.ts'
import { Places } from './places.ts'
import { CLOSE, ViewerSocket } from './viewer-socket.ts'

const PATH = '/collab'
/** Nothing in it tells one socket from another, so all share it. */
const REQUEST = new Request(`http://gateway${PATH}`)
const MESSAGE_BYTES_MAX = TEXT_UPDATE_BYTES_MAX
/** What was written while away comes as one; a little more is heard, to be told that it is too much. */
const SYNC_MESSAGE_BYTES_MAX = TEXT_SYNC_BYTES_MAX + TEXT_UPDATE_BYTES_MAX
const HEARTBEAT_EVERY_MS = 25_000
/** Who came through an API process that stops is sent away within so long, and each this much after another. */
const FRONT_DRAIN_MS = 3_000
const FRONT_PAUSE_MS_MAX = 20
/** How long the last to be sent away may take to go. */
const GOODBYE_LIMIT_MS = 3_000

/** Who a socket belongs to is not known here: each document asks for a token of its own. */
export interface SocketContext {
  readonly socket: ViewerSocket
}

/** Hears each message before Hocuspocus does. */
type Arrived = (socket: ViewerSocket, message: Uint8Array) => void

export interface Gateway {
  /** Whether it takes nobody any more. */
  readonly isDraining: boolean
  /**
   * Sends every viewer away, to come back to another process, one after the other within so long;
   * resolves when all are gone.
   */
  drain(withinMs: number): Promise<void>
  /** Sends away who came through an API process that stops; `told` hears who, and within how long. */
  leaveFront(
    frontId: string,
    told: (isMeant: (socket: ViewerSocket) => boolean, withinMs: number) => void,
  ): Promise<void>
}

interface GatewayOptions {
  readonly arrived?: Arrived
  readonly socketsMax?: number
}

/** Takes WebSockets at /collab and hands what they say to Hocuspocus. */
export function openGateway(
  server: Server,
  hocuspocus: Hocuspocus,
  log: Log,
  { arrived = () => {}, socketsMax = Infinity }: GatewayOptions = {},
): Gateway {
  const webSockets = new WebSocketServer({ noServer: true, maxPayload: SYNC_MESSAGE_BYTES_MAX })
  const heartbeat = keepAlive(webSockets.clients)
  const places = new Places(socketsMax)
  const fronts = new Map<string, Set<ViewerSocket>>()
  let isDraining = false

  webSockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    // Told with a code: a browser does not learn why a socket was refused before it was open.
    if (places.areFull) {
      return socket.on('error', () => {}).close(...CLOSE.tryLater)
    }
    const viewer = new ViewerSocket(socket, browserOf(request))
    places.enter(viewer)
    const front = request.headers[FRONT_HEADER]
    if (typeof front === 'string') stand(fronts, front, viewer)
    connect(socket, viewer, hocuspocus, log, arrived)
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    endWhenBroken(stream)
    const path = request.url?.split('?')[0]
    if (isDraining) return refuse(stream, '503 Service Unavailable')
    if (path !== PATH) return refuse(stream, '404 Not Found')
    webSockets.handleUpgrade(request, stream, head, (socket) => {
      webSockets.emit('connection', socket, request)
    })
  })

  return {
    get isDraining() {
      return isDraining
    },

    async drain(withinMs) {
      isDraining = true
      clearInterval(heartbeat)
      const open = [...webSockets.clients]
      // Not by `once` of node:events, which gives up when a socket breaks before it closes.
      const gone = Promise.all(
        open.map((socket) => new Promise((resolve) => socket.once('close', resolve))),
      )
      for (const socket of open) {
        socket.close(...CLOSE.restart)
        if (withinMs > 0) await sleep(withinMs / open.length)
      }
      await Promise.race([gone, sleep(GOODBYE_LIMIT_MS, undefined, { ref: false })])
      for (const socket of webSockets.clients) socket.terminate()
    },

    async leaveFront(frontId, told) {
      const leaving = [...(fronts.get(frontId) ?? [])]
      const pauseMs = Math.min(FRONT_PAUSE_MS_MAX, FRONT_DRAIN_MS / leaving.length)
      const meant = new Set(leaving)
      told((socket) => meant.has(socket), Math.ceil(pauseMs * leaving.length))
      for (const socket of leaving) {
        socket.closeBecause('restart')
        await sleep(pauseMs)
      }
    },
  }
}

/** Remembers through which front a socket came, until it is closed. */
function stand(
  fronts: Map<string, Set<ViewerSocket>>,
  frontId: string,
  viewer: ViewerSocket,
): void {
  const front = fronts.get(frontId) ?? new Set()
  fronts.set(frontId, front.add(viewer))
  viewer.whenClosed(() => {
    front.delete(viewer)
    if (front.size === 0) fronts.delete(frontId)
  })
}

/** Apart from what knows the request, which would stay in memory for as long as the socket does. */
function endWhenBroken(stream: Duplex): void {
  stream.on('error', () => stream.destroy())
}

/** A peer that leaves its side open is not waited for: nobody else watches an upgraded socket. */
function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\n\r\n`, () => stream.destroy())
}

/** As the browser says in `?browser=<id>`; who does not is counted as one with all others who do not. */
function browserOf({ url = '' }: IncomingMessage): string {
  return Id.safeParse(new URLSearchParams(url.split('?')[1]).get('browser')).data ?? 'none'
}

function connect(
  socket: WebSocket,
  viewer: ViewerSocket,
  hocuspocus: Hocuspocus,
  log: Log,
  arrived: Arrived,
): void {
  const context: SocketContext = { socket: viewer }
  const client = hocuspocus.handleConnection(viewer, REQUEST, context)
  connections.inc()
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (!isBinary) return viewer.closeBecause('notBinary')
    const message = new Uint8Array(data as Buffer)
    if (message.length > MESSAGE_BYTES_MAX && !isOfflineSync(message)) {
      return viewer.closeBecause('tooLarge')
    }
    if (!viewer.admits()) return
    if (!isAddressed(message)) return viewer.closeBecause('notAddressed')
    arrived(viewer, message)
    client.handleMessage(message)
  })
  socket.on('error', (error) => log.debug({ error }, 'a socket broke'))
  socket.once('close', (code, reason) => {
    connections.dec()
    client.handleClose({ code, reason: reason.toString() })
  })
}

/** Cuts off whoever has not answered the ping before: its network is gone. */
function keepAlive(clients: ReadonlySet<WebSocket>): NodeJS.Timeout {
  const asked = new WeakSet<WebSocket>()
  return setInterval(() => {
    for (const socket of clients) {
      if (asked.has(socket)) {
        socket.terminate()
        continue
      }
      asked.add(socket)
      socket.once('pong', () => asked.delete(socket))
      socket.ping()
    }
  }, HEARTBEAT_EVERY_MS)
}
