import { z } from 'zod'
import { COMMENTS_PER_FLOW_MAX } from '#core/flows/limits.ts'
import { MENTIONS_PER_COMMENT_MAX } from '#core/kernel/limits.ts'
import { CommentText, Id } from '../fields.ts'
import { Instant } from '../views.ts'
import { StepId } from './step.ts'
import { Person } from './views.ts'

/** What somebody has said about a step of a flow, to whoever draws it. */
const FlowComment = z.strictObject({
  id: Id,
  /** Null for what starts the flow. A step that was taken out leaves its comments. */
  stepId: z.string().nullable(),
  author: Person,
  text: z.string(),
  createdAt: Instant,
  editedAt: Instant.nullable(),
  /** Who has settled it, and when. */
  settled: z.strictObject({ by: Person, at: Instant }).nullable(),
})
export type FlowComment = z.infer<typeof FlowComment>

/** All comments on a flow, the oldest first. */
export const FlowComments = z.strictObject({
  /** Grows with each change of them. */
  version: z.int(),
  items: z.array(FlowComment).max(COMMENTS_PER_FLOW_MAX),
})
export type FlowComments = z.infer<typeof FlowComments>

/** Who is named in the text is told of it. */
export const EditedFlowComment = z.strictObject({
  text: CommentText,
  mentions: z.array(Id).max(MENTIONS_PER_COMMENT_MAX).optional(),
})
export type EditedFlowComment = z.infer<typeof EditedFlowComment>

export const NewFlowComment = EditedFlowComment.extend({
  /** Without it, on what starts the flow. */
  stepId: StepId.optional(),
})
export type NewFlowComment = z.infer<typeof NewFlowComment>
