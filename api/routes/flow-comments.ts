import {
  addComment,
  deleteComment,
  editComment,
  settleComment,
} from '#activities/automation/change-comments.ts'
import { commentsOfFlow } from '#activities/automation/queries.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { EditedFlowComment, FlowComments, NewFlowComment } from '#core/contracts/flows/comments.ts'
import { Id } from '#core/contracts/fields.ts'
import { z } from 'zod'
import { changeFlow } from '../change-flow.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'

const COMMENTS = { permission: 'comment.write' } as const
const CHANGES = { ...COMMENTS, status: 204, answer: null } as const
const REFUSALS = ['flow.not_found', 'comment.not_found', 'permission.denied'] as const

/** What people say to each other about the steps of a flow. */
export const flowComments: readonly Route[] = [
  route({
    method: 'get',
    path: '/flows/:flowId/comments',
    summary: 'What was said about a flow, the oldest first, also on steps that were taken out',
    answer: FlowComments,
    refusals: ['flow.not_found'],
    async handle(call) {
      const { flowId } = call.params
      return await ofVisible(call, ['flow', flowId], (db) => commentsOfFlow(db, flowId))
    },
  }),
  route({
    ...COMMENTS,
    method: 'post',
    path: '/flows/:flowId/comments',
    summary:
      'Comment on a step of the draft, or on what starts the flow; the id of the comment is the Idempotency-Key',
    body: NewFlowComment,
    status: 201,
    answer: z.strictObject({ id: Id }),
    refusals: [
      'flow.not_found',
      'flow.step_not_found',
      'flow.comment_limit',
      'member.not_found',
      'request.id_taken',
      'permission.denied',
    ],
    async handle(call) {
      const { params, body, key: id } = call
      await changeFlow(call, params.flowId, (trx, asked) =>
        addComment(trx, asked, { id, ...body }, recordAudit),
      )
      return { id }
    },
  }),
  route({
    ...CHANGES,
    method: 'put',
    path: '/flows/:flowId/comments/:flowCommentId',
    summary: 'Change a comment of one’s own',
    body: EditedFlowComment,
    refusals: [...REFUSALS, 'comment.not_yours', 'member.not_found'],
    async handle(call) {
      const { params, body } = call
      await changeFlow(call, params.flowId, (trx, asked) =>
        editComment(trx, asked, { id: params.flowCommentId, ...body }, recordAudit),
      )
    },
  }),
  route({
    ...CHANGES,
    method: 'delete',
    path: '/flows/:flowId/comments/:flowCommentId',
    summary: 'Delete a comment of one’s own',
    refusals: [...REFUSALS, 'comment.not_yours'],
    async handle(call) {
      const { flowId, flowCommentId } = call.params
      await changeFlow(call, flowId, (trx, asked) =>
        deleteComment(trx, asked, flowCommentId, recordAudit),
      )
    },
  }),
  ...(['resolve', 'reopen'] as const).map((verb) =>
    route({
      ...CHANGES,
      method: 'post',
      path: `/flows/:flowId/comments/:flowCommentId/${verb}` as const,
      summary:
        verb === 'resolve'
          ? 'Say that what a comment is about is settled'
          : 'Say that what a comment is about is not settled after all',
      refusals: REFUSALS,
      async handle(call) {
        const { flowId, flowCommentId: id } = call.params
        await changeFlow(call, flowId, (trx, asked) =>
          settleComment(trx, asked, { id, isSettled: verb === 'resolve' }, recordAudit),
        )
      },
    }),
  ),
]
