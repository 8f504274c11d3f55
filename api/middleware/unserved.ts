import type { Middleware } from '../context.ts'
import { refuse } from '../refuse.ts'

/** Refuses what no route below `prefix` has served; a known address is told which methods it takes. */
export function unserved(prefix: string): Middleware {
  return async (ctx, next) => {
    if (!ctx.path.startsWith(prefix)) return await next()
    const { matched = [] } = ctx as { matched?: readonly { methods: readonly string[] }[] }
    if (matched.length === 0) throw refuse('request.not_found')
    ctx.set('allow', [...new Set(matched.flatMap(({ methods }) => methods))].join(', '))
    throw refuse('request.method_not_allowed')
  }
}
