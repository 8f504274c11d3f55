import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#core/kernel/ids.ts'
import { FRONT_HEADER } from '#core/platform/channels.ts'
import type { Log } from '#core/platform/log.ts'

const COLLAB_PATH = '/collab'
const CONNECT_LIMIT_MS = 3_000
/** Collab pings every 25 s, so a socket that says nothing for so long is dead. */
const SILENCE_LIMIT_MS = 90_000

/** Where the collab server listens. */
export interface Upstream {
  readonly host: string
  readonly port: number
}

export interface Forwarding {
  /**
   * Has collab send away all who came through here, and waits for that; who is left after so long is
   * cut off. `leave` says to collab that the front of this id stops.
   */
  end(leave: (frontId: string) => Promise<unknown>, limitMs: number): Promise<void>
}

/**
 * Hands WebSockets at /collab to the collab server, byte by byte, so that the UI, the API and the
 * socket share one origin.
 */
export function forwardUpgrades(server: Server, upstream: Upstream, log: Log): Forwarding {
  const open = new Set<Duplex>()
  const frontId = newId()
  let isEnding = false
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    if (request.url?.split('?')[0] !== COLLAB_PATH) return refuse(socket, '404 Not Found')
    if (isForeign(request)) return refuse(socket, '403 Forbidden')
    if (isEnding) return refuse(socket, '503 Service Unavailable')
    request.rawHeaders.push(FRONT_HEADER, frontId)
    forward(request, socket, head, upstream, log)
  })
  return {
    async end(leave, limitMs) {
      isEnding = true
      const gone = Promise.all([...open].map((socket) => once(socket, 'close').catch(() => {})))
      if (open.size > 0) {
        leave(frontId).catch((error: unknown) => log.warn({ error }, 'collab was not told'))
        await Promise.race([gone, sleep(limitMs, undefined, { ref: false })])
      }
      for (const socket of open) socket.destroy()
    },
  }
}

function forward(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  upstream: Upstream,
  log: Log,
): void {
  const collab = connect(upstream)
  let isConnected = false
  collab.setTimeout(CONNECT_LIMIT_MS)
  collab.once('connect', () => {
    isConnected = true
    collab.setTimeout(SILENCE_LIMIT_MS).setNoDelay()
    request.socket.setNoDelay()
    collab.write(headOf(request))
    collab.write(head)
    socket.pipe(collab).pipe(socket)
  })
  collab.once('timeout', () => collab.destroy(new Error('collab says nothing')))
  collab.on('error', (error) => {
    log.debug({ error }, 'a socket to collab broke')
    if (isConnected) socket.destroy()
    else refuse(socket, '502 Bad Gateway')
  })
  socket.once('close', () => collab.destroy())
}

/** Whether a page of another site asks. None can send a header of its own with that. */
function isForeign({ headers }: IncomingMessage): boolean {
  const { origin, host, 'x-forwarded-host': before } = headers
  if (origin === undefined) return false
  if (!URL.canParse(origin)) return true
  return ![host, before].includes(new URL(origin).host)
}

/** The request as it came. */
function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/1.1`]
  for (let at = 0; at < rawHeaders.length; at += 2) {
    lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`)
  }
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** A peer that leaves its side open is not waited for: nobody else watches an upgraded socket. */
function refuse(socket: Duplex, status: string): void {
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
  socket.end(head, () => socket.destroy())
}
