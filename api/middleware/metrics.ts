import { collectDefaultMetrics, Histogram, register } from 'prom-client'
import { mayReadMetrics } from '#core/platform/may-read-metrics.ts'
import type { Middleware } from '../context.ts'
import { refuse } from '../refuse.ts'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]

collectDefaultMetrics()

const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time from request to answer, by route',
  labelNames: ['method', 'route', 'status'],
  buckets: SECONDS,
})

/** Times every request under the route that served it; all that no route served count as one. */
export const metrics: Middleware = async (ctx, next) => {
  const stop = duration.startTimer()
  try {
    await next()
  } finally {
    const { _matchedRoute: route = 'none' } = ctx as { _matchedRoute?: string }
    stop({ method: ctx.method, route, status: ctx.status })
  }
}

/** GET /metrics, as Prometheus reads it; to all others there is nothing. */
export function showMetrics(token: string | undefined): Middleware {
  return async (ctx) => {
    if (!mayReadMetrics(ctx.req, token)) throw refuse('request.not_found')
    ctx.type = register.contentType
    ctx.body = await register.metrics()
  }
}
