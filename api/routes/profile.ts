import { changeProfile } from '#activities/auth/profile.ts'
import { profileOf } from '#activities/auth/queries.ts'
import { ChangeProfile, Profile } from '#core/contracts/profile.ts'
import { logged, ofPerson } from '../installation-log.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

export const profile: readonly Route[] = [
  route({
    method: 'get',
    path: '/profile',
    summary: 'How the caller is shown to others, their language and time zone',
    access: 'session',
    answer: Profile,
    async handle({ parts, userId }) {
      const found = await profileOf(parts.database, userId)
      if (!found) throw refuse('auth.expired')
      return found
    },
  }),
  route({
    method: 'patch',
    path: '/profile',
    summary: 'Change how the caller is shown, their language or time zone',
    access: 'session',
    body: ChangeProfile,
    answer: Profile,
    async handle(call) {
      const { parts, userId, body } = call
      const before = await profileOf(parts.database, userId)
      if (!before) throw refuse('auth.expired')
      return await logged(
        call,
        async (trx) => await changeProfile(trx, userId, body),
        (after) => ({ ...ofPerson('profile.change', userId), before, after }),
      )
    },
  }),
]
