import type { Knex } from 'knex'
import { drawn } from '#core/contracts/flows/drawn.ts'
import type { EditedFlowComment, NewFlowComment } from '#core/contracts/flows/comments.ts'
import { placedSteps } from '#core/contracts/flows/walk.ts'
import { COMMENTS_PER_FLOW_MAX } from '#core/flows/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { AuditLine } from '#core/platform/audit-line.ts'
import { throwRefusal } from '#core/platform/database-errors.ts'
import { excerptOf } from '#activities/kanban/queries.ts'
import { memberIds } from '#activities/rbac/queries.ts'
import { lineOf, type FlowAsked } from './change-flow.ts'

// One of the doors that write without a workflow: none of it touches a board or a run.

type RecordAudit = (trx: Knex.Transaction, lines: readonly AuditLine[]) => Promise<void>

interface Comment {
  readonly id: string
  readonly step_id: string | null
  readonly author_id: string
  readonly body: string
  readonly mentions: readonly string[]
  readonly resolved_at: Date | null
}

/**
 * Says something about a step of the draft, under an id the caller has chosen; asked again it is the same
 * comment. Refuses with `flow.step_not_found`, `flow.comment_limit`, `member.not_found` and
 * `request.id_taken`.
 */
export async function addComment(
  trx: Knex.Transaction,
  asked: FlowAsked,
  { id, stepId, text, mentions = [] }: NewFlowComment & { readonly id: string },
  recordAudit: RecordAudit,
): Promise<void> {
  const { workspaceId: workspace_id, flowId: flow_id, actorId: author_id } = asked
  if (await trx('flow_comments').where({ id, flow_id, author_id }).first('id')) return
  const flow = await countUp(trx, flow_id)
  refuseUnknown(flow.draft, stepId)
  await refuseFull(trx, flow_id)
  await refuseStrangers(trx, asked, flow.project_id, mentions)
  const home = { id, workspace_id, project_id: flow.project_id, flow_id }
  const row = { ...home, step_id: stepId ?? null, author_id, body: text, mentions: [...mentions] }
  await trx('flow_comments').insert(row).catch(throwRefusal)
  await tell(trx, id, mentions)
  await recordAudit(trx, [lineOf(asked, 'flow.comment', null, lineFields(row))])
}

/** Changes the author's comment; tells only whom it did not name before. */
export async function editComment(
  trx: Knex.Transaction,
  asked: FlowAsked,
  { id, text, mentions = [] }: EditedFlowComment & { readonly id: string },
  recordAudit: RecordAudit,
): Promise<void> {
  const flow = await countUp(trx, asked.flowId)
  const before = await ownComment(trx, asked, id)
  await refuseStrangers(trx, asked, flow.project_id, mentions)
  const now = { body: text, mentions: [...mentions], edited_at: trx.fn.now() }
  await trx('flow_comments').where({ id }).update(now)
  await tell(
    trx,
    id,
    mentions.filter((each) => !before.mentions.includes(each)),
  )
  const after = lineFields({ ...before, body: text })
  await recordAudit(trx, [lineOf(asked, 'flow.edit_comment', lineFields(before), after)])
}

/** Takes the author's comment away, with the news of it. */
export async function deleteComment(
  trx: Knex.Transaction,
  asked: FlowAsked,
  id: string,
  recordAudit: RecordAudit,
): Promise<void> {
  await countUp(trx, asked.flowId)
  const before = await ownComment(trx, asked, id)
  await trx('flow_comments').where({ id }).delete()
  await recordAudit(trx, [lineOf(asked, 'flow.delete_comment', lineFields(before), null)])
}

/** Says that what a comment is about is settled, or is not after all; whoever may comment may. */
export async function settleComment(
  trx: Knex.Transaction,
  asked: FlowAsked,
  { id, isSettled }: { readonly id: string; readonly isSettled: boolean },
  recordAudit: RecordAudit,
): Promise<void> {
  const comment = await commentIn(trx, asked.flowId, id)
  if ((comment.resolved_at !== null) === isSettled) return
  await countUp(trx, asked.flowId)
  const settled = { resolved_at: trx.fn.now(), resolved_by: asked.actorId }
  const open = { resolved_at: null, resolved_by: null }
  await trx('flow_comments')
    .where({ id })
    .update(isSettled ? settled : open)
  const action = isSettled ? 'flow.settle_comment' : 'flow.reopen_comment'
  await recordAudit(trx, [lineOf(asked, action, null, lineFields(comment))])
}

/** Lets everybody who looks know, and keeps others from changing comments at the same time. */
async function countUp(
  trx: Knex.Transaction,
  id: string,
): Promise<{ project_id: string; draft: Readonly<Record<string, unknown>> }> {
  const [flow] = await trx('flows')
    .where({ id })
    .increment('comments_version')
    .returning(['project_id', 'draft'])
  return flow
}

function refuseUnknown(draft: Readonly<Record<string, unknown>>, stepId: string | undefined): void {
  if (stepId === undefined) return
  const { steps, onFailure = [] } = drawn(draft)
  const all = placedSteps({ steps: [...steps], onFailure: [...onFailure] })
  if (all.some(({ step }) => step.id === stepId)) return
  throw new Refusal('flow.step_not_found', 'The flow has no such step any more.')
}

async function refuseFull(trx: Knex.Transaction, flow_id: string): Promise<void> {
  const [row] = await trx('flow_comments').where({ flow_id }).count({ count: 'id' })
  if (Number(row?.['count']) < COMMENTS_PER_FLOW_MAX) return
  const message = `A flow has at most ${COMMENTS_PER_FLOW_MAX} comments. Delete some first.`
  throw new Refusal('flow.comment_limit', message)
}

/** Who is named has to see the flow. */
async function refuseStrangers(
  trx: Knex.Transaction,
  { workspaceId }: FlowAsked,
  projectId: string,
  people: readonly string[],
): Promise<void> {
  if (people.length === 0) return
  const known = await memberIds(trx, { workspaceId, projectId }, people)
  if (people.every((id) => known.has(id))) return
  throw new Refusal('member.not_found', 'There is no such member in the workspace.')
}

async function commentIn(trx: Knex.Transaction, flow_id: string, id: string): Promise<Comment> {
  const comment = await trx('flow_comments').where({ id, flow_id }).first<Comment | undefined>()
  if (comment) return comment
  throw new Refusal('comment.not_found', 'There is no such comment.')
}

async function ownComment(trx: Knex.Transaction, asked: FlowAsked, id: string): Promise<Comment> {
  const comment = await commentIn(trx, asked.flowId, id)
  if (comment.author_id === asked.actorId) return comment
  throw new Refusal('comment.not_yours', 'Only the author may change a comment.')
}

async function tell(trx: Knex.Transaction, id: string, people: readonly string[]): Promise<void> {
  if (people.length === 0) return
  await trx.raw('select app.tell_flow_mentions(?, ?::uuid[])', [id, [...people]])
}

const lineFields = ({ step_id, body }: Pick<Comment, 'step_id' | 'body'>) => ({
  step: step_id,
  comment: excerptOf(body),
})
