import type { Middleware } from '../context.ts'
import { API_PREFIX } from '../paths.ts'

const PREFLIGHT_LIFE_S = 600
const METHODS = 'GET, POST, PUT, PATCH, DELETE'
const ASKED = 'authorization, content-type, gesture-id, idempotency-key, x-request-id'
const TOLD = 'etag, idempotency-key, ratelimit, ratelimit-policy, retry-after, x-request-id'

/** Lets pages of the named origins ask the API with a token; never with somebody's cookies. */
export function crossOrigin(allowed: ReadonlySet<string>): Middleware {
  return async (ctx, next) => {
    if (!ctx.path.startsWith(`${API_PREFIX}/`)) return await next()
    ctx.vary('origin')
    const origin = ctx.get('origin')
    if (!allowed.has(origin)) return await next()
    ctx.set('access-control-allow-origin', origin)
    ctx.set('access-control-expose-headers', TOLD)
    ctx.set('cross-origin-resource-policy', 'cross-origin')
    if (ctx.method !== 'OPTIONS') return await next()
    ctx.set('access-control-allow-methods', METHODS)
    ctx.set('access-control-allow-headers', ASKED)
    ctx.set('access-control-max-age', String(PREFLIGHT_LIFE_S))
    ctx.status = 204
  }
}
