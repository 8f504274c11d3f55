import { createFlow } from '#activities/automation/create-flow.ts'
import { flowOf, flowsOf } from '#activities/automation/queries.ts'
import { saveDraft } from '#activities/automation/save-draft.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { lineOf } from '#activities/automation/change-flow.ts'
import { checkFlow } from '#core/contracts/flows/check-flow.ts'
import { draftOf } from '#core/contracts/flows/template.ts'
import { flowTemplates } from '#core/contracts/flows/templates/index.ts'
import {
  DraftSaved,
  FlowList,
  FlowProblems,
  FlowView,
  NewDraft,
  NewFlow,
} from '#core/contracts/flows/views.ts'
import { Id } from '#core/contracts/fields.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { z } from 'zod'
import { askingOf } from '../asking-of.ts'
import { changeFlow } from '../change-flow.ts'
import { ofVisible } from '../guards.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

/** Flows of a project, as they are drawn. */
export const flows: readonly Route[] = [
  route({
    method: 'get',
    path: '/projects/:projectId/flows',
    summary: 'The flows of a project, by name, with how their newest runs went',
    answer: FlowList,
    refusals: ['project.not_found'],
    async handle(call) {
      const { projectId } = call.params
      return await ofVisible(call, ['project', projectId], async (db) => ({
        items: await flowsOf(db, projectId),
      }))
    },
  }),
  route({
    method: 'post',
    path: '/projects/:projectId/flows',
    summary:
      'Begin a flow: empty, from a template, or from what was exported; its id is the Idempotency-Key',
    permission: 'board.configure',
    body: NewFlow,
    status: 201,
    answer: z.strictObject({ id: Id }),
    refusals: [
      'project.not_found',
      'board.not_found',
      'flow.limit',
      'flow.too_large',
      'flow.template_not_found',
      'request.id_taken',
      'permission.denied',
    ],
    async handle(call) {
      const { parts, userId, body, key: id } = call
      const { projectId } = call.params
      const draft = draftFrom(body)
      const { workspaceId } = await ofVisible(call, ['project', projectId], async (_, it) => it)
      const { name, boardId = null } = body
      const asked = { workspaceId, flowId: id, ...askingOf(call) }
      await writeAs(parts.database, { userId, workspaceId }, async (trx) => {
        await createFlow(trx, { id, workspaceId, projectId, boardId, name, draft, userId })
        await recordAudit(trx, [lineOf(asked, 'flow.create', null, { name })])
      })
      return { id }
    },
  }),
  route({
    method: 'get',
    path: '/flows/:flowId',
    summary: 'A flow: its draft, and what is published of it',
    answer: FlowView,
    refusals: ['flow.not_found'],
    async handle(call) {
      return await ofVisible(call, ['flow', call.params.flowId], (db) =>
        flowOf(db, call.params.flowId),
      )
    },
  }),
  route({
    method: 'put',
    path: '/flows/:flowId/draft',
    summary: 'Keep a draft over the one of baseVersion',
    permission: 'board.configure',
    body: NewDraft,
    answer: DraftSaved,
    refusals: ['flow.not_found', 'flow.changed', 'flow.too_large', 'permission.denied'],
    async handle(call) {
      const { params, body } = call
      return await changeFlow(call, params.flowId, async (trx, { flowId, actorId }) => ({
        draftVersion: await saveDraft(trx, { flowId, userId: actorId, ...body }),
      }))
    },
  }),
  route({
    method: 'get',
    path: '/flows/:flowId/problems',
    summary: 'What keeps the draft of a flow from being published',
    answer: FlowProblems,
    refusals: ['flow.not_found'],
    async handle(call) {
      const { flowId } = call.params
      return await ofVisible(call, ['flow', flowId], async (db) => {
        const checked = checkFlow((await flowOf(db, flowId)).draft)
        return { problems: 'problems' in checked ? [...checked.problems] : [] }
      })
    },
  }),
]

/** What a new flow begins with. */
function draftFrom({ name, template, choices = {}, draft }: NewFlow): object {
  if (draft) return { ...draft, name }
  if (template === undefined) {
    return { schema: 'pf.flow/1', name, trigger: { type: 'card.moved', with: {} }, steps: [] }
  }
  if (!Object.hasOwn(flowTemplates, template)) throw refuse('flow.template_not_found')
  return { ...draftOf(flowTemplates[template]!, choices), name }
}
