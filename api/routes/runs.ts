import { lineOf } from '#activities/automation/change-flow.ts'
import { runOf, runsOf } from '#activities/automation/queries.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { Answer, RunPage, RunsAsked, RunView } from '#core/contracts/flows/views.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { askingOf } from '../asking-of.ts'
import type { Asked } from '../command.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'
import { workflowsUrl } from '../workflow-url.ts'

/** Runs of flows. */
export const runs: readonly Route[] = [
  route({
    method: 'get',
    path: '/projects/:projectId/runs',
    summary: 'The runs of a project, the newest first; of one flow, card or status when so asked',
    query: RunsAsked,
    answer: RunPage,
    refusals: ['project.not_found'],
    async handle(call) {
      const { projectId } = call.params
      return await ofVisible(call, ['project', projectId], (db) =>
        runsOf(db, projectId, call.query),
      )
    },
  }),
  route({
    method: 'get',
    path: '/runs/:runId',
    summary: 'A run of a flow',
    answer: RunView,
    refusals: ['run.not_found'],
    async handle(call) {
      const { cause, ...run } = await find(call, call.params.runId)
      const workflowUrl = workflowsUrl(call.parts.config)(`automation/${run.flowId}/${cause}`)
      return { ...run, workflowUrl }
    },
  }),
  route({
    method: 'post',
    path: '/runs/:runId/cancel',
    summary:
      'End a run at its next step, and take back what it did; one that is over stays as it is',
    permission: 'board.configure',
    status: 204,
    answer: null,
    refusals: ['run.not_found', 'engine.away', 'permission.denied'],
    async handle(call) {
      const { flowId, cause } = await written(call, call.params.runId, 'run.cancel', {})
      await call.parts.runs.cancel(flowId, cause)
    },
  }),
  route({
    method: 'post',
    path: '/runs/:runId/answer',
    summary: 'Say yes or no to what a run asks the caller',
    body: Answer,
    status: 204,
    answer: null,
    refusals: [
      'run.not_found',
      'approval.not_found',
      'approval.not_yours',
      'approval.answered',
      'engine.away',
    ],
    async handle(call) {
      const { parts, userId, params, body } = call
      const { flowId, cause } = await find(call, params.runId)
      const { step, approved, comment = '' } = body
      await parts.runs.decide(flowId, cause, { step, userId, approved, comment })
    },
  }),
]

const find = async (call: Asked, runId: string) =>
  await ofVisible(call, ['run', runId], (db) => runOf(db, runId))

/** What somebody asks of a run stands in the audit before the run hears of it. */
async function written(call: Asked, runId: string, action: string, after: object) {
  const { parts, userId } = call
  const { run, workspaceId } = await ofVisible(call, ['run', runId], async (db, it) => ({
    run: await runOf(db, runId),
    workspaceId: it.workspaceId,
  }))
  const line = lineOf({ workspaceId, flowId: run.flowId, ...askingOf(call) }, action, null, {
    run: runId,
    ...after,
  })
  await writeAs(parts.database, { userId, workspaceId }, (trx) => recordAudit(trx, [line]))
  return run
}
