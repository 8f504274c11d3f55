import { samplesOf, shownTry, tryingOf } from '#activities/automation/queries.ts'
import { NewTry, SampleList, TriedView } from '#core/contracts/flows/samples.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'

const DRAWS = { permission: 'board.configure' } as const

/** Trying a flow as it is drawn: nothing is changed, and nothing is sent. */
export const flowTrying: readonly Route[] = [
  route({
    ...DRAWS,
    method: 'get',
    path: '/flows/:flowId/samples',
    summary:
      'What the draft of a flow can be tried on: events that would start it, what set off its runs, cards',
    answer: SampleList,
    refusals: ['flow.not_found', 'permission.denied'],
    async handle(call) {
      const { params, userId } = call
      return await ofVisible(call, ['flow', params.flowId], async (db) => ({
        items: await samplesOf(db, params.flowId, userId),
      }))
    },
  }),
  route({
    ...DRAWS,
    method: 'post',
    path: '/flows/:flowId/try',
    summary:
      'Go through the draft of a flow, or one step of it, with the rights of the caller: what reads is done, what would change or send something is told',
    body: NewTry,
    answer: TriedView,
    refusals: [
      'flow.not_found',
      'flow.invalid',
      'flow.step_not_found',
      'sample.not_found',
      'engine.away',
      'permission.denied',
    ],
    async handle(call) {
      const { parts, params, userId, body } = call
      const { flowId } = params
      const trying = await ofVisible(call, ['flow', flowId], (db, { workspaceId }) =>
        tryingOf(db, { flowId, workspaceId, userId }, body),
      )
      return shownTry(trying, await parts.runs.try(trying))
    },
  }),
]
