import { lineOf } from '#activities/automation/change-flow.ts'
import {
  approvalsFor,
  approvalsOf,
  approvalsOn,
  costOf,
  runOf,
  runsOf,
  runsOnBoard,
  stepsOf,
} from '#activities/automation/queries.ts'
import { lookSoon } from '#activities/automation/look-soon.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { Id } from '#core/contracts/fields.ts'
import {
  Answer,
  CardRuns,
  RunningAgain,
  RunPage,
  RunsAsked,
  RunView,
  WaitingApprovals,
} from '#core/contracts/flows/views.ts'
import { readAs, writeAs } from '#core/platform/acting-as.ts'
import { z } from 'zod'
import { askingOf } from '../asking-of.ts'
import { answerRun } from '../answer-run.ts'
import { beginAgain } from '../begin-again.ts'
import type { Asked } from '../command.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'
import { runAsked } from '../run-asked.ts'
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
    path: '/boards/:boardId/runs',
    summary: 'The newest run of each card of a board that is under way or failed within a day',
    answer: CardRuns,
    refusals: ['board.not_found'],
    async handle(call) {
      const { boardId } = call.params
      return await ofVisible(call, ['board', boardId], async (db) => ({
        items: await runsOnBoard(db, boardId, call.userId),
      }))
    },
  }),
  route({
    method: 'get',
    path: '/approvals',
    summary: 'What waits for an answer of the caller, what is due first at the top',
    answer: WaitingApprovals,
    async handle({ parts, userId }) {
      return await readAs(parts.database, { userId }, async (trx) => ({
        items: await approvalsFor(trx, userId),
      }))
    },
  }),
  route({
    method: 'get',
    path: '/cards/:cardId/approvals',
    summary: 'What waits for an answer about a card, whoever is asked',
    answer: WaitingApprovals,
    refusals: ['card.not_found'],
    async handle(call) {
      const { cardId } = call.params
      return await ofVisible(call, ['card', cardId], async (db) => ({
        items: await approvalsOn(db, cardId),
      }))
    },
  }),
  route({
    method: 'get',
    path: '/runs/:runId',
    summary: 'A run of a flow: what set it off, what it has done and asked',
    answer: RunView,
    refusals: ['run.not_found'],
    async handle(call) {
      const { runId } = call.params
      return await ofVisible(call, ['run', runId], async (db) => {
        const { run, told, cause } = await runOf(db, runId)
        const { config, runs: control } = call.parts
        const workflowUrl = workflowsUrl(config)(control.workflowOf(run.flowId, cause))
        const [steps, cost] = [await stepsOf(db, runId), await costOf(db, runId)]
        const approvals = await approvalsOf(db, runId)
        return { ...run, ...told, steps, cost, approvals, workflowUrl }
      })
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
      const { flowId, cause } = await written(call, call.params.runId, 'run.cancel')
      await call.parts.runs.cancel(flowId, cause)
    },
  }),
  route({
    method: 'post',
    path: '/runs/:runId/terminate',
    summary:
      'End a run at once, in the middle of whatever it does, and take nothing back; for one that cannot be cancelled',
    permission: 'project.configure',
    status: 204,
    answer: null,
    refusals: ['run.not_found', 'engine.away', 'permission.denied'],
    async handle(call) {
      const { parts, userId, params } = call
      const { workspaceId, flowId, cause } = await written(call, params.runId, 'run.terminate')
      await parts.runs.terminate(flowId, cause, `Asked for by ${userId}.`)
      await writeAs(parts.database, { userId, workspaceId }, (trx) => lookSoon(trx, params.runId))
    },
  }),
  route({
    method: 'post',
    path: '/runs/:runId/again',
    summary: 'Begin a run that is over again as a new one: anew, or from where it failed',
    permission: 'board.configure',
    body: RunningAgain,
    status: 201,
    answer: z.strictObject({ id: Id }),
    refusals: [
      'run.not_found',
      'run.not_over',
      'run.throttled',
      'run.step_not_found',
      'engine.away',
      'permission.denied',
    ],
    async handle(call) {
      const { runId } = call.params
      const { workspaceId, flowId } = await runAsked(call, runId)
      return { id: await beginAgain(call, { id: runId, workspaceId, flowId }, call.body) }
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
      await answerRun(call, call.params.runId, call.body)
    },
  }),
]

/** What somebody asks of a run stands in the audit before the run hears of it. */
async function written(call: Asked, runId: string, action: string) {
  const { parts, userId } = call
  const { workspaceId, flowId, cause } = await runAsked(call, runId)
  const line = lineOf({ workspaceId, flowId, ...askingOf(call) }, action, null, { run: runId })
  await writeAs(parts.database, { userId, workspaceId }, (trx) => recordAudit(trx, [line]))
  return { workspaceId, flowId, cause }
}
