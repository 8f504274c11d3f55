import { resetPassword, userOfReset } from '#activities/auth/password-reset.ts'
import { setPassword } from '#activities/auth/set-password.ts'
import { lettersKept } from '#activities/mail/queries.ts'
import { DemoMailbox } from '#core/contracts/mail.ts'
import { ChangePassword, ForgotPassword, ResetPassword } from '#core/contracts/password.ts'
import { confirmPassword } from '../check-password.ts'
import { logged, ofPerson } from '../installation-log.ts'
import { countAttempt, knowAddress } from '../login-throttle.ts'
import { newPasswordHash } from '../new-password.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'
import { needMail, sendLetter, tellOfChange } from '../send-letter.ts'
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
      needMail({ ctx, parts })
      const waitS = await countAttempt(parts, 'reset', ctx.state.ip)
      if (waitS > 0) throw tooMany(ctx, waitS)
      await sendLetter({ ctx, parts }, { kind: 'reset-link', email })
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
      await knowAddress(parts, user.email, ctx.state.ip)
      await parts.endedSessions.read()
      await tellOfChange({ ctx, parts }, { kind: 'password-changed', email: user.email })
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
      const { parts, userId, sessionId, body } = call
      const user = await confirmPassword(call, body.password)
      const passwordHash = await newPasswordHash(call, user, body.newPassword)
      await logged(
        call,
        async (trx) => await setPassword(trx, { userId, passwordHash, sessionId }),
        () => ofPerson('password.change', userId),
      )
      await parts.endedSessions.read()
      await tellOfChange(call, { kind: 'password-changed', email: user.email })
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
