import { changeEmail, isTaken } from '#activities/auth/change-email.ts'
import { checkCode } from '#activities/auth/second-step.ts'
import { ChangeEmail, ConfirmEmail } from '#core/contracts/change-email.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { confirmPassword } from '../check-password.ts'
import { codeRefusal } from '../code-refusal.ts'
import { logged, ofPerson } from '../installation-log.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'
import { needMail, sendLetter, tellOfChange } from '../send-letter.ts'

export const email: readonly Route[] = [
  route({
    method: 'post',
    path: '/auth/email/change',
    summary: 'Send a link to a new address, which becomes the caller’s when it is followed',
    access: 'session',
    status: 204,
    body: ChangeEmail,
    answer: null,
    refusals: [
      'auth.wrong_password',
      'auth.wrong_code',
      'auth.too_many_attempts',
      'mail.not_set_up',
      'service.away',
    ],
    async handle(call) {
      const { ctx, parts, userId, body } = call
      needMail(call)
      await confirmPassword(call, body.password)
      const keyring = readKeyring(parts.config.MASTER_KEY)
      const answer = await checkCode(parts.database, keyring, userId, body.code ?? '')
      if (answer !== 'right' && answer !== 'off') throw codeRefusal(ctx, answer)
      await sendLetter(call, { kind: 'email-change', email: body.email, userId })
    },
  }),
  route({
    method: 'post',
    path: '/auth/email/confirm',
    summary: 'Take the new address with the token of a link; the old one is told',
    access: 'anyone',
    status: 204,
    body: ConfirmEmail,
    answer: null,
    refusals: ['link.over'],
    async handle({ ctx, parts, body: { token } }) {
      const changed = await logged(
        { ctx, parts },
        async (trx) => await changeEmail(trx, token),
        (given) =>
          given && {
            ...ofPerson('email.change', given.userId),
            before: { email: given.before },
            after: { email: given.after },
          },
      ).catch((error: Error) => {
        if (isTaken(error)) return null
        throw error
      })
      if (!changed) throw refuse('link.over')
      const { before, after } = changed
      await tellOfChange({ ctx, parts }, { kind: 'email-changed', email: before, newEmail: after })
    },
  }),
]
