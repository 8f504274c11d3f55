import { turnstile } from '#core/kernel/turnstile.ts'
import type { Context } from './context.ts'
import { tooMany } from './too-many.ts'

/**
 * Checking and keeping a password is made to cost much of a core. More at once, and strangers who
 * try to sign in would take the boards of everybody else with them.
 */
const take = turnstile(2, 50)
const RETRY_S = 5

/** Does what costs much when its turn comes; when too many wait, asks to come again. */
export async function inTurn<Result>(
  ctx: Context,
  work: () => Promise<Exclude<Result, undefined>>,
): Promise<Exclude<Result, undefined>> {
  const result = await take(work)
  if (result === undefined) throw tooMany(ctx, RETRY_S)
  return result
}
