import { newId } from '#core/kernel/ids.ts'
import type { Middleware } from '../context.ts'

/** What may be written to a log and a header as it came. */
const SANE = /^[\w.:-]{8,64}$/

/** Names every request: by the caller's X-Request-Id where that is sane, else by a new id. */
export const requestId: Middleware = async (ctx, next) => {
  const given = ctx.get('x-request-id')
  ctx.state.requestId = SANE.test(given) ? given : newId()
  ctx.set('x-request-id', ctx.state.requestId)
  await next()
}
