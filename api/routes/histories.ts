import { HistoriesPass } from '#core/contracts/histories.ts'
import { signToken } from '#core/platform/access-token.ts'
import { giveCookie } from '../cookies.ts'
import { HISTORIES_PASS } from '../decode-histories.ts'
import { asOperator } from '../operators-only.ts'
import { route, type Route } from '../route.ts'
import { TEMPORAL_PASS } from '../temporal-ui.ts'
import { uiUrl } from '../workflow-url.ts'

export const histories: readonly Route[] = [
  route({
    method: 'post',
    path: '/admin/histories-pass',
    summary: 'Cookies with which the browser may open the Temporal Web UI and decode histories',
    // A pass ends with the session that fetched it; a program's token has none.
    access: 'session',
    answer: HistoriesPass,
    refusals: ['permission.denied'],
    async handle(call) {
      const { ctx, parts, userId, sessionId } = call
      await asOperator(call, 'operator.histories')
      const pass = await signToken(parts.keys, 'queues', userId, HISTORIES_PASS.lifeS, sessionId)
      const { crossesSites: _, ...atHome } = HISTORIES_PASS
      const isWithUs = parts.config.TEMPORAL_UI_ADDRESS !== undefined
      giveCookie(ctx, parts.config, isWithUs ? atHome : HISTORIES_PASS, pass)
      if (isWithUs) giveCookie(ctx, parts.config, TEMPORAL_PASS, pass)
      return { url: uiUrl(parts.config) }
    },
  }),
]
