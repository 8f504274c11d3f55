import { resetPassword, userOfReset } from '#activities/auth/password-reset.ts'
import { setPassword } from '#activities/auth/set-password.ts'
import { lettersKept } from '#activities/mail/queries.ts'
import type { Mail } from '#activities/mail-queue.ts'
import { DemoMailbox } from '#core/contracts/mail.ts'
import { ChangePassword, ForgotPassword, ResetPassword } from '#core/contracts/password.ts'
import { LANGUAGES } from '#core/kernel/choices.ts'
import { confirmPassword } from '../check-password.ts'
import type { Context } from '../context.ts'
import { logged, ofPerson } from '../installation-log.ts'
import { countAttempt } from '../login-throttle.ts'
import { newPasswordHash } from '../new-password.ts'
import type { Parts } from '../parts.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'
import { tooMany } from '../too-many.ts'

export const password: readonly Route[] = [
  route({
    method: 'post',
    path: '/auth/password/forgot',
    summary: 'Send a link for a new password to an address, if somebody has it',
    access: 'anyone',
    status: 204,
    body: ForgotPassword,
    answer: null,
    refusals: ['auth.too_many_attempts', 'mail.not_set_up', 'service.away'],
    async handle({ ctx, parts, body: { email } }) {
      const { PROJECTFLOW_DEMO, SMTP_URL } = parts.config
      if (!PROJECTFLOW_DEMO && SMTP_URL === undefined) throw refuse('mail.not_set_up')
      const waitS = await countAttempt(parts, 'reset', ctx.state.ip)
      if (waitS > 0) throw tooMany(ctx, waitS)
      await mail(ctx, parts, 'reset-link', email)
    },
  }),
  route({
    method: 'post',
    path: '/auth/password/reset',
    summary: 'Set a new password with the token of a link; all sessions end',
    access: 'anyone',
    status: 204,
    body: ResetPassword,
    answer: null,
    refusals: [
      'reset.over',
      'password.too_short',
      'password.too_common',
      'password.personal',
      'auth.too_many_attempts',
    ],
    async handle({ ctx, parts, body }) {
      const user = await userOfReset(parts.database, body.token)
      if (!user) throw refuse('reset.over')
      const hash = await newPasswordHash({ ctx, parts }, user, body.password)
      const isReset = await logged(
        { ctx, parts },
        async (trx) => await resetPassword(trx, body.token, hash),
        (is) => (is ? ofPerson('password.reset', user.id) : null),
      )
      if (!isReset) throw refuse('reset.over')
      await parts.endedSessions.read()
      await tellOfChange(ctx, parts, user.email)
    },
  }),
  route({
    method: 'post',
    path: '/auth/password/change',
    summary: 'Set a new password; all other sessions end',
    access: 'session',
    status: 204,
    body: ChangePassword,
    answer: null,
    refusals: [
      'auth.wrong_password',
      'password.too_short',
      'password.too_common',
      'password.personal',
      'auth.too_many_attempts',
    ],
    async handle(call) {
      const { ctx, parts, userId, sessionId, body } = call
      const user = await confirmPassword(call, body.password)
      const passwordHash = await newPasswordHash(call, user, body.newPassword)
      await logged(
        call,
        async (trx) => await setPassword(trx, { userId, passwordHash, sessionId }),
        () => ofPerson('password.change', userId),
      )
      await parts.endedSessions.read()
      await tellOfChange(ctx, parts, user.email)
    },
  }),
  route({
    method: 'get',
    path: '/demo/mailbox',
    summary: 'The letters the demo would have sent; there is none elsewhere',
    access: 'anyone',
    answer: DemoMailbox,
    refusals: ['request.not_found'],
    async handle({ parts: { config, redis } }) {
      if (!config.PROJECTFLOW_DEMO) throw refuse('request.not_found')
      return { items: await lettersKept(redis, config.REDIS_PREFIX) }
    },
  }),
]

async function mail(ctx: Context, parts: Parts, kind: Mail['kind'], email: string): Promise<void> {
  const language = ctx.acceptsLanguages([...LANGUAGES]) || 'en'
  await parts.mail.add({ kind, email, language: language as Mail['language'] }).catch(() => {
    throw refuse('service.away')
  })
}

/** The change has been made by then: it is not undone because a letter cannot be written. */
async function tellOfChange(ctx: Context, parts: Parts, email: string): Promise<void> {
  await mail(ctx, parts, 'password-changed', email).catch((error: unknown) => {
    parts.log.warn({ error }, 'nobody is told that a password was changed')
  })
}
