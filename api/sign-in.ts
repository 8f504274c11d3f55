import { openSession } from '#activities/auth/sessions.ts'
import type { Session } from '#core/contracts/auth.ts'
import type { UserView } from '#core/contracts/views.ts'
import type { Context } from './context.ts'
import { giveSession, placeOf } from './give-session.ts'
import { logged, ofPerson } from './installation-log.ts'
import { leaveSession } from './leave-session.ts'
import { knowAddress } from './login-throttle.ts'
import type { Parts } from './parts.ts'

/**
 * Opens a session for somebody who has shown who they are, and answers what lets them in. The session
 * that the browser had ends: its cookie is replaced, so no page could go on with it or sign out of it.
 */
export async function signIn(
  asked: { readonly ctx: Context; readonly parts: Parts },
  user: UserView,
  isRemembered: boolean,
): Promise<Session> {
  const { ctx, parts } = asked
  const opened = await logged(
    asked,
    async (trx) => await openSession(trx, user.id, isRemembered, placeOf(ctx)),
    ({ sessionId }) => ({
      ...ofPerson('session.open', user.id),
      after: { sessionId, isRemembered },
    }),
  )
  await leaveSession(asked)
  await knowAddress(parts, user.email, ctx.state.ip)
  return await giveSession(ctx, parts, user, opened)
}
