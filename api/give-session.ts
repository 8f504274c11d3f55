import { SESSION_LIFE_S, type OpenSession } from '#activities/auth/sessions.ts'
import type { Session } from '#core/contracts/auth.ts'
import type { UserView } from '#core/contracts/views.ts'
import { ACCESS_LIFE_S, signToken } from '#core/platform/access-token.ts'
import type { Context } from './context.ts'
import { giveCookie, type CookieKind } from './cookies.ts'
import { API_PREFIX } from './paths.ts'
import type { Parts } from './parts.ts'

export const REFRESH: CookieKind = {
  name: 'pf_refresh',
  path: `${API_PREFIX}/auth`,
  lifeS: SESSION_LIFE_S,
}

/** The answer that lets somebody in: an access token, and the refresh token as a cookie. */
export async function giveSession(
  ctx: Context,
  parts: Parts,
  user: UserView,
  { token, sessionId, lifeS }: OpenSession,
): Promise<Session> {
  giveCookie(ctx, parts.config, { ...REFRESH, lifeS }, token)
  const accessToken = await signToken(parts.keys, 'api', user.id, ACCESS_LIFE_S, sessionId)
  return { accessToken, expiresIn: ACCESS_LIFE_S, user }
}

export function placeOf(ctx: Context) {
  return { ip: ctx.state.ip, userAgent: ctx.get('user-agent') }
}
