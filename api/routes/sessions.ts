import { sessionsOf } from '#activities/auth/queries.ts'
import { endOtherSessions, endSession } from '#activities/auth/sessions.ts'
import { Sessions } from '#core/contracts/auth.ts'
import { logged, ofPerson } from '../installation-log.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

export const sessions: readonly Route[] = [
  route({
    method: 'get',
    path: '/auth/sessions',
    summary: 'Where the caller is signed in, what was used last first',
    access: 'session',
    answer: Sessions,
    async handle({ parts, userId, sessionId }) {
      return { items: await sessionsOf(parts.database, userId, sessionId) }
    },
  }),
  route({
    method: 'delete',
    path: '/auth/sessions/:sessionId',
    summary: 'End one of the caller’s sessions',
    access: 'session',
    status: 204,
    answer: null,
    refusals: ['session.not_found'],
    async handle({ ctx, parts, params: { sessionId }, userId }) {
      const isEnded = await logged(
        { ctx, parts },
        async (trx) => await endSession(trx, userId, sessionId),
        (is) => (is ? { ...ofPerson('session.revoke', userId), before: { sessionId } } : null),
      )
      if (!isEnded) throw refuse('session.not_found')
      await parts.endedSessions.read()
    },
  }),
  route({
    method: 'post',
    path: '/auth/sessions/end-others',
    summary: 'End all of the caller’s sessions but the one that asks',
    access: 'session',
    status: 204,
    answer: null,
    async handle({ ctx, parts, userId, sessionId }) {
      await logged(
        { ctx, parts },
        async (trx) => await endOtherSessions(trx, userId, sessionId),
        () => ({ ...ofPerson('session.revoke', userId), after: { allBut: sessionId } }),
      )
      await parts.endedSessions.read()
    },
  }),
]
