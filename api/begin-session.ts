import { secondStepOf } from '#activities/auth/queries.ts'
import type { SignedIn } from '#core/contracts/auth.ts'
import type { UserView } from '#core/contracts/views.ts'
import { signToken } from '#core/platform/access-token.ts'
import type { Context } from './context.ts'
import type { Parts } from './parts.ts'
import { signIn } from './sign-in.ts'

/** So long a person may look for their phone between the two steps. */
const CHALLENGE_LIFE_S = 5 * 60

/** What the first step of signing in answers: a session, or a challenge where a code is asked for. */
export async function beginSession(
  { ctx, parts }: { ctx: Context; parts: Parts },
  user: UserView,
  isRemembered: boolean,
): Promise<SignedIn> {
  if ((await secondStepOf(parts.database, user.id)).isOn) {
    const challenge = await signToken(parts.keys, 'second-step', user.id, CHALLENGE_LIFE_S)
    return { challenge, expiresIn: CHALLENGE_LIFE_S }
  }
  return await signIn({ ctx, parts }, user, isRemembered)
}
