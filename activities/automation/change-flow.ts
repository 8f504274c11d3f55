import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { AuditLine } from '#core/platform/audit-line.ts'

// One of the doors that write without a workflow: none of it touches a board.

type RecordAudit = (trx: Knex.Transaction, lines: readonly AuditLine[]) => Promise<void>

/** Who asks, for which flow. */
export interface FlowAsked {
  readonly workspaceId: string
  readonly flowId: string
  readonly actorId: string
  readonly requestId: string
  readonly ip: string
}

/**
 * Lets events start a flow, or start it no longer; what is as asked stays. Refuses with
 * `flow.not_published` when there is no version that could run.
 */
export async function setActive(
  trx: Knex.Transaction,
  asked: FlowAsked,
  active: boolean,
  recordAudit: RecordAudit,
): Promise<void> {
  const flow = await trx('flows').where({ id: asked.flowId }).forUpdate().first()
  if (flow.active === active) return
  if (active && flow.published === null) {
    throw new Refusal(
      'flow.not_published',
      'There is no version of the flow yet. Publish it first.',
    )
  }
  const listens = active && { listens_since: trx.fn.now(), heard_seal: null }
  const begun = { active, paused_because: null, failures_in_a_row: 0, ...listens }
  await trx('flows').where({ id: asked.flowId }).update(begun)
  const action = active ? 'flow.activate' : 'flow.deactivate'
  await recordAudit(trx, [lineOf(asked, action, { active: !active }, { active })])
}

/**
 * Takes a flow out of every list, and lets nothing start it; what it did stays to be read. Its bot
 * goes too, with the last of its runs.
 */
export async function deleteFlow(
  trx: Knex.Transaction,
  asked: FlowAsked,
  recordAudit: RecordAudit,
): Promise<void> {
  const gone = { active: false, paused_because: null, deleted_at: trx.fn.now() }
  const [flow] = await trx('flows')
    .where({ id: asked.flowId, deleted_at: null })
    .update(gone)
    .returning('name')
  if (!flow) return
  await recordAudit(trx, [lineOf(asked, 'flow.delete', { name: flow.name }, null)])
  await trx.raw('select app.retire_bot(?)', [asked.flowId])
}

/** Makes what was published as `version` the draft again, whatever that is by now. */
export async function draftAgain(
  trx: Knex.Transaction,
  { flowId }: FlowAsked,
  version: number,
): Promise<void> {
  const row = await trx('flow_versions').where({ flow_id: flowId, version }).first('definition')
  if (!row) throw new Refusal('flow.version_not_found', 'There is no such version of the flow.')
  await trx('flows')
    .where({ id: flowId })
    .update({
      draft: JSON.stringify(row.definition),
      draft_version: trx.raw('draft_version + 1'),
    })
}

/** The line of what somebody did with a flow, or with a run of it. */
export const lineOf = (
  { workspaceId, flowId, actorId, requestId, ip }: FlowAsked,
  action: string,
  before: AuditLine['before'],
  after: AuditLine['after'],
): AuditLine => ({
  id: newId(),
  workspaceId,
  actorId,
  action,
  decision: 'allowed',
  reason: null,
  targetKind: 'flow',
  targetId: flowId,
  before,
  after,
  commandId: null,
  workflowId: null,
  requestId,
  ip,
})
