import { secondStepOf, userById } from '#activities/auth/queries.ts'
import {
  beginTotp,
  checkCode,
  confirmTotp,
  endTotp,
  renewRecoveryCodes,
  type CodeAnswer,
} from '#activities/auth/second-step.ts'
import { totpUri } from '#activities/auth/totp-code.ts'
import { Session } from '#core/contracts/auth.ts'
import {
  BeginTotp,
  BegunTotp,
  BothSteps,
  ConfirmTotp,
  RecoveryCodes,
  SecondStep,
  SecondStepView,
} from '#core/contracts/second-step.ts'
import type { InstallationAction } from '#core/kernel/installation-actions.ts'
import type { Refusal } from '#core/kernel/refusal.ts'
import { readToken } from '#core/platform/access-token.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { confirmPassword } from '../check-password.ts'
import { codeRefusal } from '../code-refusal.ts'
import type { Context } from '../context.ts'
import { logDenied, logged, ofPerson } from '../installation-log.ts'
import type { Parts } from '../parts.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'
import { signIn } from '../sign-in.ts'

export const secondStep: readonly Route[] = [
  route({
    method: 'post',
    path: '/auth/second-step',
    summary: 'Sign in with the challenge that signing in answered, and a code',
    access: 'anyone',
    body: SecondStep,
    answer: Session,
    refusals: ['auth.expired', 'auth.wrong_code', 'auth.too_many_attempts'],
    async handle({ ctx, parts, body: { challenge, code, remember = false } }) {
      const bearer = await readToken(parts.keys, 'second-step', challenge)
      const user = bearer && (await userById(parts.database, bearer.userId))
      if (!user) throw refuse('auth.expired')
      const answer = await checkCode(parts.database, keyringOf(parts), user.id, code)
      // Turned off since the challenge was given: the first step is to be made again.
      if (answer === 'off') throw refuse('auth.expired')
      if (answer !== 'right') throw await denied({ ctx, parts }, 'session.open', user.id, answer)
      return await signIn({ ctx, parts }, user, remember)
    },
  }),
  route({
    method: 'get',
    path: '/auth/totp',
    summary: 'Whether the caller signs in by two steps',
    access: 'session',
    answer: SecondStepView,
    handle: async ({ parts, userId }) => await secondStepOf(parts.database, userId),
  }),
  route({
    method: 'post',
    path: '/auth/totp/begin',
    summary: 'A secret for an app; it counts once a code of it is confirmed',
    access: 'session',
    body: BeginTotp,
    answer: BegunTotp,
    refusals: ['auth.wrong_password', 'auth.too_many_attempts', 'totp.is_on'],
    async handle(call) {
      const { parts, userId, body } = call
      const { email } = await confirmPassword(call, body.password)
      const secret = await beginTotp(parts.database, keyringOf(parts), userId)
      if (secret === null) throw refuse('totp.is_on')
      return { secret, uri: totpUri(secret, email) }
    },
  }),
  route({
    method: 'post',
    path: '/auth/totp/confirm',
    summary:
      'From now on sign in by two steps; other sessions end; answers the recovery codes, this once',
    access: 'session',
    body: ConfirmTotp,
    answer: RecoveryCodes,
    refusals: ['auth.wrong_code', 'auth.too_many_attempts', 'totp.is_on', 'totp.is_off'],
    async handle(call) {
      const { parts, userId, body } = call
      const answer = await logged(
        call,
        async (trx) => await confirmTotp(trx, keyringOf(parts), call, body.code),
        (codes) => (Array.isArray(codes) ? ofPerson('totp.on', userId) : null),
      )
      if (answer === 'on') throw refuse('totp.is_on')
      if (!Array.isArray(answer)) throw await denied(call, 'totp.on', userId, answer)
      await parts.endedSessions.read()
      return { recoveryCodes: answer }
    },
  }),
  route({
    method: 'post',
    path: '/auth/totp/recovery-codes',
    summary: 'New recovery codes in the place of all there are, shown this once',
    access: 'session',
    body: BothSteps,
    answer: RecoveryCodes,
    refusals: ['auth.wrong_password', 'auth.wrong_code', 'auth.too_many_attempts', 'totp.is_off'],
    async handle(call) {
      const { parts, userId, body } = call
      await confirmPassword(call, body.password)
      const answer = await logged(
        call,
        async (trx) => await renewRecoveryCodes(trx, keyringOf(parts), userId, body.code),
        (codes) => (Array.isArray(codes) ? ofPerson('totp.codes', userId) : null),
      )
      if (!Array.isArray(answer)) throw await denied(call, 'totp.codes', userId, answer)
      return { recoveryCodes: answer }
    },
  }),
  route({
    method: 'post',
    path: '/auth/totp/turn-off',
    summary: 'From now on the password alone is enough',
    access: 'session',
    status: 204,
    body: BothSteps,
    answer: null,
    refusals: ['auth.wrong_password', 'auth.wrong_code', 'auth.too_many_attempts', 'totp.is_off'],
    async handle(call) {
      const { parts, userId, body } = call
      await confirmPassword(call, body.password)
      const answer = await logged(
        call,
        async (trx) => await endTotp(trx, keyringOf(parts), userId, body.code),
        (came) => (came === 'right' ? ofPerson('totp.off', userId) : null),
      )
      if (answer !== 'right') throw await denied(call, 'totp.off', userId, answer)
    },
  }),
]

const keyringOf = ({ config }: Parts) => readKeyring(config.MASTER_KEY)

/** The refusal of a code, written down; who is not signed in yet has not shown who they are. */
async function denied(
  asked: { readonly ctx: Context; readonly parts: Parts },
  action: InstallationAction,
  userId: string,
  answer: Exclude<CodeAnswer, 'right'>,
): Promise<Refusal> {
  if (answer === 'off') return refuse('totp.is_off')
  const refusal = codeRefusal(asked.ctx, answer)
  const told = { ...ofPerson(action, userId), ...(action === 'session.open' && { actorId: null }) }
  await logDenied(asked, told, refusal.code)
  return refusal
}
