import { signToken } from '#core/platform/access-token.ts'
import { giveCookie } from '../cookies.ts'
import { QUEUES_PASS } from '../queues-pass.ts'
import { asOperator } from '../operators-only.ts'
import { route, type Route } from '../route.ts'

export const queues: readonly Route[] = [
  route({
    method: 'post',
    path: '/admin/queues-pass',
    summary: 'A cookie with which the browser may open /admin/queues for a while',
    // A pass ends with the session that fetched it; a program's token has none.
    access: 'session',
    status: 204,
    answer: null,
    refusals: ['permission.denied'],
    async handle(call) {
      const { ctx, parts, userId, sessionId } = call
      await asOperator(call, 'operator.queues')
      const pass = await signToken(parts.keys, 'queues', userId, QUEUES_PASS.lifeS, sessionId)
      giveCookie(ctx, parts.config, QUEUES_PASS, pass)
    },
  }),
]
