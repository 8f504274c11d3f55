import { createServer, type Server } from 'node:http'
import { register } from 'prom-client'
import type { Config } from './config.ts'
import { mayReadMetrics } from './may-read-metrics.ts'

const REQUEST_LIMIT_MS = 5_000

/** Answers whether the process can do its work now; throws or returns false when not. */
export type Probe = () => Promise<boolean>

/**
 * Answers GET /health, /ready and /metrics for a process whose work is not HTTP.
 * Listens on HOST and `port` when the promise resolves; rejects when the port is taken.
 */
export async function opsServer(
  { HOST: host, METRICS_TOKEN: token }: Pick<Config, 'HOST' | 'METRICS_TOKEN'>,
  port: number,
  ready: Probe,
): Promise<Server> {
  const server = createServer({ requestTimeout: REQUEST_LIMIT_MS }, (request, response) => {
    const answer = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type }).end(body)
    const path = request.url?.split('?')[0]
    if (path === '/health') return void answer(200, 'text/plain', 'ok')
    if (path === '/ready') {
      return void ready()
        .catch(() => false)
        .then((is) => answer(is ? 200 : 503, 'text/plain', is ? 'ready' : 'not ready'))
    }
    if (path === '/metrics' && mayReadMetrics(request, token)) {
      return void register.metrics().then((text) => answer(200, register.contentType, text))
    }
    return void answer(404, 'text/plain', 'not found')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  return server
}
