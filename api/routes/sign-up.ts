import { addressOfSignUp, finishSignUp } from '#activities/auth/sign-up.ts'
import { Session } from '#core/contracts/auth.ts'
import { FinishSignUp, SignUp } from '#core/contracts/sign-up.ts'
import { logged, ofPerson } from '../installation-log.ts'
import { countAttempt } from '../login-throttle.ts'
import { newPasswordHash } from '../new-password.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'
import { needMail, sendLetter } from '../send-letter.ts'
import { signIn } from '../sign-in.ts'
import { tooMany } from '../too-many.ts'

export const signUp: readonly Route[] = [
  route({
    method: 'post',
    path: '/auth/sign-up',
    summary: 'Send a link to an address with which its person makes an account, if they may',
    access: 'anyone',
    status: 204,
    body: SignUp,
    answer: null,
    refusals: ['auth.too_many_attempts', 'mail.not_set_up', 'service.away'],
    async handle({ ctx, parts, body: { email } }) {
      needMail({ ctx, parts })
      const waitS = await countAttempt(parts, 'sign-up', ctx.state.ip)
      if (waitS > 0) throw tooMany(ctx, waitS)
      await sendLetter({ ctx, parts }, { kind: 'sign-up', email })
    },
  }),
  route({
    method: 'post',
    path: '/auth/sign-up/finish',
    summary: 'Make the account with the token of a link, and sign in',
    access: 'anyone',
    body: FinishSignUp,
    answer: Session,
    refusals: ['link.over', 'password.too_short', 'password.too_common', 'password.personal'],
    async handle({ ctx, parts, body: { token, name, password } }) {
      const email = await addressOfSignUp(parts.database, token)
      if (email === null) throw refuse('link.over')
      const passwordHash = await newPasswordHash({ ctx, parts }, { name, email }, password)
      const user = await logged(
        { ctx, parts },
        async (trx) => await finishSignUp(trx, token, { name, passwordHash }),
        (made) => made && ofPerson('account.make', made.id),
      )
      if (!user) throw refuse('link.over')
      return await signIn({ ctx, parts }, user, false)
    },
  }),
]
