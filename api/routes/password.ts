import { hashPassword } from '#activities/auth/password.ts'
import { resetPassword, userOfReset } from '#activities/auth/password-reset.ts'
import { passwordFault } from '#activities/auth/password-rules.ts'
import { lettersKept } from '#activities/mail/queries.ts'
import type { Mail } from '#activities/mail-queue.ts'
import { DemoMailbox } from '#core/contracts/mail.ts'
import { ForgotPassword, ResetPassword } from '#core/contracts/password.ts'
import { LANGUAGES } from '#core/kernel/choices.ts'
import type { Config } from '#core/platform/config.ts'
import type { Context } from '../context.ts'
import { inTurn } from '../in-turn.ts'
import { countAttempt } from '../login-throttle.ts'
import type { Parts } from '../parts.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'
import { tooMany } from '../too-many.ts'

const CHARS_MIN = 12
/** The demo's passwords are known to all anyway. */
const DEMO_CHARS_MIN = 8

export const password: readonly Route[] = [
  route({
    method: 'post',
    path: '/auth/password/forgot',
    summary: 'Send a link for a new password to an address, if somebody has it',
    access: 'anyone',
    status: 202,
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
      const charsMin = charsMinOf(parts.config)
      const fault = passwordFault(body.password, user, charsMin)
      if (fault) throw refuse(fault, fault === 'password.too_short' ? { charsMin } : {})
      const hash = await inTurn(ctx, () => hashPassword(body.password))
      if (!(await resetPassword(parts.database, body.token, hash))) throw refuse('reset.over')
      await parts.endedSessions.read()
      await mail(ctx, parts, 'password-changed', user.email).catch((error: unknown) => {
        parts.log.warn({ error }, 'nobody is told that a password was changed')
      })
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

const charsMinOf = ({ PROJECTFLOW_DEMO }: Config) => (PROJECTFLOW_DEMO ? DEMO_CHARS_MIN : CHARS_MIN)

async function mail(ctx: Context, parts: Parts, kind: Mail['kind'], email: string): Promise<void> {
  const language = ctx.acceptsLanguages([...LANGUAGES]) || 'en'
  await parts.mail.add({ kind, email, language: language as Mail['language'] }).catch(() => {
    throw refuse('service.away')
  })
}
