import type { IncomingMessage, Server } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
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

/**
 * Hands WebSockets at /collab to the collab server, byte by byte, so that the UI, the API and the
 * socket share one origin. Answers a function that ends all of them.
 */
export function forwardUpgrades(server: Server, upstream: Upstream, log: Log): () => void {
  const open = new Set<Duplex>()
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    if (request.url?.split('?')[0] !== COLLAB_PATH) return refuse(socket, '404 Not Found')
    if (isForeign(request)) return refuse(socket, '403 Forbidden')
    forward(request, socket, head, upstream, log)
  })
  return () => {
    for (const socket of open) socket.destroy()
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
