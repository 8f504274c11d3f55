import {
  deleteFlow,
  draftAgain,
  setActive,
  type FlowAsked,
} from '#activities/automation/change-flow.ts'
import { publishFlow } from '#activities/automation/publish-flow.ts'
import { definitionOf, flowOf, flowVersionsOf, runningOf } from '#activities/automation/queries.ts'
import { recordAudit } from '#activities/audit/record.ts'
import {
  Deactivating,
  Definition,
  DefinitionAsked,
  FlowVersionPage,
  Published,
  Publishing,
  RollingBack,
} from '#core/contracts/flows/views.ts'
import { PageAsked } from '#core/contracts/page.ts'
import type { Knex } from 'knex'
import { changeFlow } from '../change-flow.ts'
import type { Asked } from '../command.ts'
import { ofVisible } from '../guards.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

const DRAWS = { permission: 'board.configure' } as const
const PUBLISH_REFUSALS = [
  'flow.not_found',
  'flow.changed',
  'flow.invalid',
  'flow.bot_beyond_rights',
  'flow.audit_not_readable',
  'permission.denied',
] as const

/** What is published of flows, and whether events start it. */
export const flowVersions: readonly Route[] = [
  route({
    ...DRAWS,
    method: 'post',
    path: '/flows/:flowId/publish',
    summary: 'Make the draft the version new runs follow; what they do, the bot of the flow does',
    body: Publishing,
    answer: Published,
    refusals: PUBLISH_REFUSALS,
    async handle(call) {
      const { params, body } = call
      return await changeFlow(call, params.flowId, async (trx, asked) => ({
        version: await publish(trx, asked, body),
      }))
    },
  }),
  route({
    method: 'get',
    path: '/flows/:flowId/versions',
    summary: 'What was published of a flow, the newest first',
    query: PageAsked,
    answer: FlowVersionPage,
    refusals: ['flow.not_found'],
    async handle(call) {
      return await ofVisible(call, ['flow', call.params.flowId], (db) =>
        flowVersionsOf(db, call.params.flowId, call.query),
      )
    },
  }),
  route({
    method: 'get',
    path: '/flows/:flowId/definition',
    summary: 'A version of a flow, or its draft, as it is exported and can be imported again',
    query: DefinitionAsked,
    answer: Definition,
    refusals: ['flow.not_found', 'flow.version_not_found'],
    async handle(call) {
      const { params, query } = call
      return await ofVisible(call, ['flow', params.flowId], async (db) => {
        const { version = null } = query
        if (version === null)
          return { version, definition: (await flowOf(db, params.flowId)).draft }
        const definition = await definitionOf(db, params.flowId, version)
        if (!definition) throw refuse('flow.version_not_found')
        return { version, definition }
      })
    },
  }),
  route({
    ...DRAWS,
    method: 'post',
    path: '/flows/:flowId/roll-back',
    summary: 'Publish an earlier version once more, as a new one; the draft becomes it',
    body: RollingBack,
    answer: Published,
    refusals: [...PUBLISH_REFUSALS, 'flow.version_not_found'],
    async handle(call) {
      const { params, body } = call
      const message = `Back to version ${body.version}`
      return await changeFlow(call, params.flowId, async (trx, asked) => {
        await draftAgain(trx, asked, body.version)
        return { version: await publish(trx, asked, { baseVersion: body.baseVersion, message }) }
      })
    },
  }),
  route({
    ...DRAWS,
    method: 'post',
    path: '/flows/:flowId/activate',
    summary: 'Let events start a flow that is published',
    status: 204,
    answer: null,
    refusals: ['flow.not_found', 'flow.not_published', 'permission.denied'],
    async handle(call) {
      await changeFlow(call, call.params.flowId, (trx, asked) =>
        setActive(trx, asked, true, recordAudit),
      )
    },
  }),
  route({
    ...DRAWS,
    method: 'post',
    path: '/flows/:flowId/deactivate',
    summary: 'Let nothing start a flow; its runs go on, or are cancelled',
    body: Deactivating,
    status: 204,
    answer: null,
    refusals: ['flow.not_found', 'engine.away', 'permission.denied'],
    async handle(call) {
      await end(call, (trx, asked) => setActive(trx, asked, false, recordAudit))
    },
  }),
  route({
    ...DRAWS,
    method: 'post',
    path: '/flows/:flowId/delete',
    summary: 'Delete a flow; its runs go on, or are cancelled, and can still be read',
    body: Deactivating,
    status: 204,
    answer: null,
    refusals: ['flow.not_found', 'engine.away', 'permission.denied'],
    async handle(call) {
      await end(call, (trx, asked) => deleteFlow(trx, asked, recordAudit))
    },
  }),
]

type Ending = Asked & {
  readonly params: { readonly flowId: string }
  readonly body: { readonly cancelRuns: boolean }
}

/** Lets nothing start a flow any more, and cancels what is under way where that is asked. */
async function end(
  call: Ending,
  work: (trx: Knex.Transaction, asked: FlowAsked) => Promise<void>,
): Promise<void> {
  const { parts, params, body } = call
  const running = await changeFlow(call, params.flowId, async (trx, asked) => {
    await work(trx, asked)
    return body.cancelRuns ? await runningOf(trx, params.flowId) : []
  })
  for (const { cause } of running) await parts.runs.cancel(params.flowId, cause)
}

const publish = async (
  trx: Knex.Transaction,
  { flowId, actorId, requestId, ip }: FlowAsked,
  asked: { baseVersion: number | null; draftVersion?: number | undefined; message: string },
): Promise<number> =>
  await publishFlow(trx, { ...asked, flowId, userId: actorId, requestId, ip }, recordAudit)
