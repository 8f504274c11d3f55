import { isOperator } from '#activities/rbac/queries.ts'
import { HistoriesPass } from '#core/contracts/histories.ts'
import { signToken } from '#core/platform/access-token.ts'
import { giveCookie } from '../cookies.ts'
import { HISTORIES_PASS } from '../decode-histories.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

export const histories: readonly Route[] = [
  route({
    method: 'post',
    path: '/admin/histories-pass',
    summary: 'A cookie with which the Temporal Web UI may decode histories for a while',
    answer: HistoriesPass,
    refusals: ['permission.denied'],
    async handle({ ctx, parts, userId, sessionId }) {
      if (!(await isOperator(parts.database, userId))) {
        throw refuse('permission.denied', { permission: 'installation.operate' })
      }
      const pass = await signToken(parts.keys, 'queues', userId, HISTORIES_PASS.lifeS, sessionId)
      giveCookie(ctx, parts.config, HISTORIES_PASS, pass)
      return { url: parts.config.TEMPORAL_UI_URL }
    },
  }),
]
