import { userIdByEmail } from '#activities/auth/queries.ts'
import { endAllSessions } from '#activities/auth/sessions.ts'
import { EndSessions } from '#core/contracts/auth.ts'
import { logged } from '../installation-log.ts'
import { operatorsOnly } from '../operators-only.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

export const endSessions: readonly Route[] = [
  route({
    method: 'post',
    path: '/admin/sessions/end',
    summary: 'End all sessions of whose address it is; their tokens for programs go on',
    access: 'session',
    body: EndSessions,
    status: 204,
    answer: null,
    refusals: ['permission.denied', 'account.not_found'],
    async handle(call) {
      const { parts, body, userId: actorId } = call
      await operatorsOnly(call, 'operator.sessions')
      const endedOf = await logged(
        call,
        async (trx) => {
          const userId = await userIdByEmail(trx, body.email)
          if (userId) await endAllSessions(trx, userId)
          return userId
        },
        (targetId) =>
          targetId ? { action: 'operator.sessions', actorId, targetKind: 'user', targetId } : null,
      )
      if (!endedOf) throw refuse('account.not_found')
      await parts.endedSessions.read()
    },
  }),
]
