import { userById, userByPassword } from '#activities/auth/queries.ts'
import {
  closeSession,
  openSession,
  renewSession,
  SESSION_LIFE_S,
  type OpenSession,
} from '#activities/auth/sessions.ts'
import { workspacesOf } from '#activities/rbac/queries.ts'
import { Login, Me, Session } from '#core/contracts/auth.ts'
import type { UserView } from '#core/contracts/views.ts'
import { turnstile } from '#core/kernel/turnstile.ts'
import { ACCESS_LIFE_S, signToken } from '#core/platform/access-token.ts'
import { readAs } from '#core/platform/acting-as.ts'
import type { Context } from '../context.ts'
import { giveCookie, takeCookie, type CookieKind } from '../cookies.ts'
import { countAttempt, forgetAttempts } from '../login-throttle.ts'
import { API_PREFIX } from '../paths.ts'
import type { Parts } from '../parts.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

const REFRESH: CookieKind = {
  name: 'pf_refresh',
  path: `${API_PREFIX}/auth`,
  lifeS: SESSION_LIFE_S,
}

/**
 * Checking a password is made to cost much of a core. More at once, and strangers who try to sign
 * in would take the boards of everybody else with them.
 */
const checkInTurn = turnstile(2, 50)
const TURN_RETRY_S = 5

export const auth: readonly Route[] = [
  route({
    method: 'post',
    path: '/auth/login',
    summary: 'Sign in; the refresh token comes as a cookie',
    access: 'anyone',
    body: Login,
    answer: Session,
    refusals: ['auth.wrong_credentials', 'auth.too_many_attempts'],
    async handle({ ctx, parts, body: { email, password } }) {
      const waitS = await countAttempt(parts, email, ctx.state.ip)
      if (waitS > 0) throw tooMany(ctx, waitS)
      const user = await checkInTurn(() => userByPassword(parts.database, email, password))
      if (user === undefined) throw tooMany(ctx, TURN_RETRY_S)
      if (!user) throw refuse('auth.wrong_credentials')
      await forgetAttempts(parts, email, ctx.state.ip)
      const opened = await openSession(parts.database, user.id, placeOf(ctx))
      return await session(ctx, parts, user, opened)
    },
  }),
  route({
    method: 'post',
    path: '/auth/refresh',
    summary: 'A new access token, and the next refresh token, for the cookie',
    access: 'anyone',
    answer: Session,
    refusals: ['auth.required', 'auth.expired'],
    async handle({ ctx, parts }) {
      const held = ctx.cookies.get(REFRESH.name)
      if (!held) throw refuse('auth.required')
      const renewed = await renewSession(parts.database, parts.config.AUTH_KEY, held, placeOf(ctx))
      const user = await userById(parts.database, renewed.userId)
      if (!user) throw refuse('auth.expired')
      return await session(ctx, parts, user, renewed)
    },
  }),
  route({
    method: 'post',
    path: '/auth/logout',
    summary: 'End the session of the cookie',
    access: 'anyone',
    status: 204,
    answer: null,
    async handle({ ctx, parts }) {
      const held = ctx.cookies.get(REFRESH.name)
      if (held) await closeSession(parts.database, held)
      await parts.endedSessions.read()
      takeCookie(ctx, parts.config, REFRESH)
    },
  }),
  route({
    method: 'get',
    path: '/me',
    summary: 'Who is signed in, and in which workspaces',
    answer: Me,
    async handle({ parts, userId }): Promise<Me> {
      const user = await userById(parts.database, userId)
      if (!user) throw refuse('auth.expired')
      const workspaces = await readAs(parts.database, { userId }, (trx) =>
        workspacesOf(trx, userId),
      )
      return { user, workspaces }
    },
  }),
]

async function session(
  ctx: Context,
  parts: Parts,
  user: UserView,
  { token, sessionId }: OpenSession,
): Promise<Session> {
  giveCookie(ctx, parts.config, REFRESH, token)
  const accessToken = await signToken(parts.keys, 'api', user.id, ACCESS_LIFE_S, sessionId)
  return { accessToken, expiresIn: ACCESS_LIFE_S, user }
}

function placeOf(ctx: Context) {
  return { ip: ctx.state.ip, userAgent: ctx.get('user-agent') }
}

function tooMany(ctx: Context, waitS: number) {
  ctx.set('retry-after', String(waitS))
  return refuse('auth.too_many_attempts', { retryAfterS: waitS })
}
