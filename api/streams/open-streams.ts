import { refuse } from '../refuse.ts'
import type { Context } from '../context.ts'

/** As many as a person has tabs; see docs/decisions/075. */
const PER_PERSON_MAX = 24
const PER_PROCESS_MAX = 2_000
const AGAIN_AFTER_S = 10

/** The streams this process tells now, by whose they are. */
const open = new Map<string, number>()
let all = 0

/** Counts one more stream, and answers how to count it off; refuses with request.too_many. */
export function countStream(ctx: Context, userId: string): () => void {
  const own = open.get(userId) ?? 0
  if (own >= PER_PERSON_MAX || all >= PER_PROCESS_MAX) {
    ctx.set('retry-after', String(AGAIN_AFTER_S))
    throw refuse('request.too_many', { retryAfterS: AGAIN_AFTER_S })
  }
  open.set(userId, own + 1)
  all += 1
  return () => {
    all -= 1
    const left = open.get(userId)! - 1
    if (left === 0) open.delete(userId)
    else open.set(userId, left)
  }
}
