import type { CodeAnswer } from '#activities/auth/second-step.ts'
import type { Refusal } from '#core/kernel/refusal.ts'
import type { Context } from './context.ts'
import { refuse } from './refuse.ts'
import { tooMany } from './too-many.ts'

/** The refusal of a code that was not right. */
export function codeRefusal(ctx: Context, answer: Exclude<CodeAnswer, 'right'>): Refusal {
  if (answer === 'off') return refuse('totp.is_off')
  return answer === 'wrong' ? refuse('auth.wrong_code') : tooMany(ctx, answer.waitS)
}
