import { HistoriesPass } from '#core/contracts/histories.ts'
import { signToken } from '#core/platform/access-token.ts'
import { giveCookie } from '../cookies.ts'
import { HISTORIES_PASS } from '../decode-histories.ts'
import { asOperator } from '../operators-only.ts'
import { route, type Route } from '../route.ts'

export const histories: readonly Route[] = [
  route({
    method: 'post',
    path: '/admin/histories-pass',
    summary: 'A cookie with which the Temporal Web UI may decode histories for a while',
    answer: HistoriesPass,
    refusals: ['permission.denied'],
    async handle(call) {
      const { ctx, parts, userId, sessionId } = call
      await asOperator(call, 'operator.histories')
      const pass = await signToken(parts.keys, 'queues', userId, HISTORIES_PASS.lifeS, sessionId)
      giveCookie(ctx, parts.config, HISTORIES_PASS, pass)
      return { url: parts.config.TEMPORAL_UI_URL }
    },
  }),
]
