import { hashPassword } from '#activities/auth/password.ts'
import { passwordFault } from '#activities/auth/password-rules.ts'
import type { Context } from './context.ts'
import { inTurn } from './in-turn.ts'
import type { Parts } from './parts.ts'
import { refuse } from './refuse.ts'

const CHARS_MIN = 12
/** The demo's passwords are known to all anyway. */
const DEMO_CHARS_MIN = 8

/** The hash of a password somebody wants to have, if it is one that is not guessed. */
export async function newPasswordHash(
  { ctx, parts }: { ctx: Context; parts: Parts },
  owner: { readonly name: string; readonly email: string },
  password: string,
): Promise<string> {
  const charsMin = parts.config.PROJECTFLOW_DEMO ? DEMO_CHARS_MIN : CHARS_MIN
  const fault = passwordFault(password, owner, charsMin)
  if (fault) throw refuse(fault, fault === 'password.too_short' ? { charsMin } : {})
  return await inTurn(ctx, () => hashPassword(password))
}
