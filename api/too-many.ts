import type { Refusal } from '#core/kernel/refusal.ts'
import type { Context } from './context.ts'
import { refuse } from './refuse.ts'

/** The refusal of who tried too often, with the seconds to wait. */
export function tooMany(ctx: Context, waitS: number): Refusal {
  ctx.set('retry-after', String(waitS))
  return refuse('auth.too_many_attempts', { retryAfterS: waitS })
}
