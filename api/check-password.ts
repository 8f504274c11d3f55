import { userById, userByPassword } from '#activities/auth/queries.ts'
import type { ErrorCode } from '#core/contracts/errors.ts'
import type { UserView } from '#core/contracts/views.ts'
import type { Context } from './context.ts'
import { inTurn } from './in-turn.ts'
import { logWrongPassword } from './installation-log.ts'
import { countLogin, forgetLogin } from './login-throttle.ts'
import type { Parts } from './parts.ts'
import { refuse } from './refuse.ts'
import { tooMany } from './too-many.ts'

interface Asked {
  readonly ctx: Context
  readonly parts: Parts
}

/** Whose address and password these are, or null; after too many tries it asks to wait. */
export async function checkPassword(
  { ctx, parts }: Asked,
  { email, password }: { email: string; password: string },
  action: 'session.open' | 'password.confirm',
): Promise<UserView | null> {
  const tell = async (reason: ErrorCode) =>
    await logWrongPassword({ ctx, parts }, { action, email }, reason)
  const waitS = await countLogin(parts, email, ctx.state.ip)
  if (waitS > 0) {
    await tell('auth.too_many_attempts')
    throw tooMany(ctx, waitS)
  }
  const user = await inTurn(ctx, () => userByPassword(parts.database, email, password))
  if (user) await forgetLogin(parts, email, ctx.state.ip)
  else await tell(action === 'session.open' ? 'auth.wrong_credentials' : 'auth.wrong_password')
  return user
}

/** Has somebody who is signed in say their password again; a stolen session does not know it. */
export async function confirmPassword(
  call: Asked & { readonly userId: string },
  password: string,
): Promise<UserView> {
  const user = await userById(call.parts.database, call.userId)
  if (!user) throw refuse('auth.expired')
  if (!(await checkPassword(call, { email: user.email, password }, 'password.confirm'))) {
    throw refuse('auth.wrong_password')
  }
  return user
}
