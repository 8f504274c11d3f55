import { createServer, type RequestListener, type Server } from 'node:http'

/** How long and how much a caller may send before it is answered. */
interface Limits {
  readonly headersMs: number
  readonly requestMs: number
  readonly checkEveryMs: number
}

const LIMITS: Limits = { headersMs: 10_000, requestMs: 30_000, checkEveryMs: 1_000 }
const HEADERS_BYTES_MAX = 16 * 1_024
const HEADERS_MAX = 100
/** Longer than proxies keep theirs, so that none sends a request into a connection that ends. */
const KEEP_ALIVE_MS = 65_000

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
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    answer,
  )
  server.maxHeadersCount = HEADERS_MAX
  return server
}
