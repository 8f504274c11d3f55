import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'

/** How long and how much a caller may send before it is answered. */
interface Limits {
  readonly headersMs: number
  readonly bodyMs: number
  /** Of a whole request that takes a file: 10 MB over a slow line. */
  readonly fileMs: number
  readonly checkEveryMs: number
}

const LIMITS: Limits = { headersMs: 10_000, bodyMs: 30_000, fileMs: 300_000, checkEveryMs: 1_000 }
const HEADERS_BYTES_MAX = 16 * 1_024
const HEADERS_MAX = 100
/** Longer than proxies keep theirs, so that none sends a request into a connection that ends. */
const KEEP_ALIVE_MS = 65_000
/** How long the rest of a refused body is read. */
const LINGER_MS = 2_000

/** What ends the requests whose bodies are still coming. */
const clocks = new WeakMap<IncomingMessage, NodeJS.Timeout>()

/**
 * HTTP as the API takes it: strictly by the standard, so that a proxy in front and we agree where a
 * request ends, and with an end to every slow or endless head and body.
 */
export function httpServer(answer: RequestListener, limits = LIMITS): Server {
  const server = createServer(
    {
      insecureHTTPParser: false,
      requireHostHeader: true,
      maxHeaderSize: HEADERS_BYTES_MAX,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.fileMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => {
      endWhenLate(request, limits.bodyMs)
      answer(request, response)
    },
  )
  server.maxHeadersCount = HEADERS_MAX
  return server
}

/** Lets a request have the time that files have. */
export function takeLong(request: IncomingMessage): void {
  clearTimeout(clocks.get(request))
}

/**
 * Ends the connection with the answer, as what is left of the request is not worth having. It is read
 * for a moment all the same: who sends while their connection is closed hears of that, and not the answer.
 */
export function endWithAnswer(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request
  takeLong(request)
  response.setHeader('connection', 'close')
  const destroySoon = socket.destroySoon.bind(socket)
  // Node calls this when the answer is on its way.
  socket.destroySoon = () => {
    if (request.complete) return destroySoon()
    const clock = setTimeout(() => socket.destroy(), LINGER_MS)
    socket.once('close', () => clearTimeout(clock))
    request.once('end', destroySoon)
    request.resume()
    socket.end()
  }
}

/** What Node does with a request that is late, which it cannot do to some of them alone. */
function endWhenLate(request: IncomingMessage, limitMs: number): void {
  const { headers, socket } = request
  if (!headers['content-length'] && !headers['transfer-encoding']) return
  const clock = setTimeout(() => {
    if (request.complete) return
    socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
    socket.destroySoon()
  }, limitMs)
  clocks.set(request, clock)
  request.once('close', () => clearTimeout(clock))
}
