import type { Knex } from 'knex'
import { profileOf, userById } from '#activities/auth/queries.ts'
import { renewSession, type Whose } from '#activities/auth/sessions.ts'
import { isOperator, workspacesOf } from '#activities/rbac/queries.ts'
import { Login, Me, Session, SignedIn } from '#core/contracts/auth.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { beginSession } from '../begin-session.ts'
import { checkPassword } from '../check-password.ts'
import type { Context } from '../context.ts'
import { takeCookie } from '../cookies.ts'
import { giveSession, placeOf, REFRESH } from '../give-session.ts'
import { ofSession, recordIn } from '../installation-log.ts'
import { leaveSession } from '../leave-session.ts'
import type { Parts } from '../parts.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'
import { sendsMail, tellOfChange } from '../send-letter.ts'

export const auth: readonly Route[] = [
  route({
    method: 'post',
    path: '/auth/login',
    summary:
      'Sign in; the refresh token comes as a cookie, or a challenge where a code is asked for',
    access: 'anyone',
    body: Login,
    answer: SignedIn,
    refusals: ['auth.wrong_credentials', 'auth.too_many_attempts'],
    async handle({ ctx, parts, body }): Promise<SignedIn> {
      const user = await checkPassword({ ctx, parts }, body, 'session.open')
      if (!user) throw refuse('auth.wrong_credentials')
      return await beginSession({ ctx, parts }, user, body.remember ?? false)
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
      const { database, keys } = parts
      const told: string[] = []
      const note = async (trx: Knex.Transaction, whose: Whose) => {
        await recordIn(trx, ctx, { ...ofSession('session.reuse', whose), ...REUSED })
        told.push(whose.userId)
      }
      const renewing = renewSession(database, keys.keyring, held, placeOf(ctx), note)
      const renewed = await renewing.catch(async (error: unknown) => {
        for (const userId of told) await tellOfReuse({ ctx, parts }, userId)
        throw error
      })
      const user = await userById(parts.database, renewed.userId)
      if (!user) throw refuse('auth.expired')
      return await giveSession(ctx, parts, user, renewed)
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
      await leaveSession({ ctx, parts })
      takeCookie(ctx, parts.config, REFRESH)
      // What the page keeps it forgets itself, and settings of the computer stay.
      ctx.set('clear-site-data', '"cache"')
    },
  }),
  route({
    method: 'get',
    path: '/me',
    summary: 'Who is signed in, and in which workspaces',
    answer: Me,
    async handle({ parts, userId }): Promise<Me> {
      const { database } = parts
      const [user, workspaces, isOne, profile] = await Promise.all([
        userById(database, userId),
        readAs(database, { userId }, (trx) => workspacesOf(trx, userId)),
        isOperator(database, userId),
        profileOf(database, userId),
      ])
      if (!user) throw refuse('auth.expired')
      const { language = null, timeZone = null } = profile ?? {}
      return { user, workspaces, isOperator: isOne, language, timeZone }
    },
  }),
]

/** Whose token was used again is told: it may have been copied. */
async function tellOfReuse(asked: { ctx: Context; parts: Parts }, userId: string): Promise<void> {
  if (!sendsMail(asked.parts)) return
  const user = await userById(asked.parts.database, userId)
  if (user) await tellOfChange(asked, { kind: 'session-reused', email: user.email })
}

/** Who used a token again is not known to be whose it was. */
const REUSED = { actorId: null, decision: 'denied', reason: 'auth.expired' } as const
