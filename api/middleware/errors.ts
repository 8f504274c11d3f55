import type { ErrorBody } from '#core/contracts/errors.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Log } from '#core/platform/log.ts'
import type { Context, Middleware } from '../context.ts'
import { isErrorCode, refuse, statusOf } from '../refuse.ts'
import { TooLate } from '#core/kernel/within.ts'
import { isAway } from './away.ts'

const RETRY_AFTER_S = 1

/** Turns what was thrown into the one form of an error answer; a fault is logged, never shown. */
export function errors(log: Log): Middleware {
  return async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      const refusal = asRefusal(error)
      if (statusOf(refusal.code) >= 500) {
        log.error({ error, requestId: ctx.state.requestId, path: ctx.path }, 'request failed')
      }
      answer(ctx, refusal)
    }
  }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal && isErrorCode(error.code)) return error
  return refuse(isAway(error) || error instanceof TooLate ? 'service.away' : 'internal')
}

function answer(ctx: Context, { code, message, details }: Refusal): void {
  const status = statusOf(code)
  ctx.status = status
  ctx.remove('etag')
  ctx.set('cache-control', 'no-store')
  if (status === 503 && !ctx.response.get('retry-after')) {
    ctx.set('retry-after', String(RETRY_AFTER_S))
  }
  ctx.body = {
    error: { code, message, requestId: ctx.state.requestId, details },
  } as ErrorBody
}
