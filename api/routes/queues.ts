import { isOperator } from '#activities/rbac/queries.ts'
import { signToken } from '#core/platform/access-token.ts'
import { giveCookie } from '../cookies.ts'
import { QUEUES_PASS } from '../queues-pass.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

export const queues: readonly Route[] = [
  route({
    method: 'post',
    path: '/admin/queues-pass',
    summary: 'A cookie with which the browser may open /admin/queues for a while',
    status: 204,
    answer: null,
    refusals: ['permission.denied'],
    async handle({ ctx, parts, userId, sessionId }) {
      if (!(await isOperator(parts.database, userId))) {
        throw refuse('permission.denied', { permission: 'installation.operate' })
      }
      const pass = await signToken(parts.keys, 'queues', userId, QUEUES_PASS.lifeS, sessionId)
      giveCookie(ctx, parts.config, QUEUES_PASS, pass)
    },
  }),
]
