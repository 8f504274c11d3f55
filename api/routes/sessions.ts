import { sessionsOf } from '#activities/auth/queries.ts'
import { endOtherSessions, endSession } from '#activities/auth/sessions.ts'
import { Sessions } from '#core/contracts/auth.ts'
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
    async handle({ parts, params, userId }) {
      const isEnded = await endSession(parts.database, userId, params.sessionId)
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
    async handle({ parts, userId, sessionId }) {
      await endOtherSessions(parts.database, userId, sessionId)
      await parts.endedSessions.read()
    },
  }),
]
