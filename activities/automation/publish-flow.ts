import type { Knex } from 'knex'
import { callProblems, callsOf, checkFlow } from '#core/contracts/flows/check-flow.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { AuditLine } from '#core/platform/audit-line.ts'
import { definitionHash } from './definition-hash.ts'
import { giveBot } from './give-bot.ts'

interface Publishing {
  readonly flowId: string
  /** The version the publisher knows; null when there was none. */
  readonly baseVersion: number | null
  /** The draft the publisher has seen, where they say so. */
  readonly draftVersion?: number | undefined
  readonly message: string
  readonly userId: string
  readonly requestId: string
  readonly ip: string
}

interface Row {
  readonly workspace_id: string
  readonly project_id: string
  readonly draft: unknown
  readonly draft_version: number
  readonly published: number | null
}

type RecordAudit = (trx: Knex.Transaction, lines: readonly AuditLine[]) => Promise<void>

/**
 * Makes a version of the draft that new runs follow; answers its number. Those under way keep
 * theirs. What runs do, the flow's bot does. Refuses with `flow.not_found`, with `flow.changed` when
 * somebody else has published or drawn since, with `flow.invalid`, whose details are all that has to
 * be mended, and with `flow.bot_beyond_rights`.
 */
export async function publishFlow(
  trx: Knex.Transaction,
  asked: Publishing,
  recordAudit: RecordAudit,
): Promise<number> {
  const row = await trx('flows').where({ id: asked.flowId }).forUpdate().first<Row | undefined>()
  if (!row) throw new Refusal('flow.not_found', 'There is no such flow.')
  if (row.published !== asked.baseVersion) {
    throw new Refusal('flow.changed', 'Somebody else has published the flow since.')
  }
  const { draftVersion = row.draft_version } = asked
  if (row.draft_version !== draftVersion) {
    throw new Refusal('flow.changed', 'Somebody else has changed the flow since.')
  }
  const flow = await checked(trx, row, asked.flowId)
  const version = await nextVersion(trx, asked.flowId)
  const { flowId, userId } = asked
  const { workspace_id: workspaceId, project_id: projectId } = row
  const botId = await giveBot(trx, { flowId, workspaceId, projectId, userId, flow })
  await keep(trx, row, asked, flow, version, botId)
  await recordAudit(trx, [lineOf(row, asked, version, botId)])
  return version
}

async function checked(trx: Knex.Transaction, row: Row, flowId: string): Promise<Flow> {
  const read = checkFlow(row.draft)
  const problems =
    'problems' in read
      ? read.problems
      : callProblems(flowId, read.flow, await callsBy(trx, row.workspace_id))
  if ('flow' in read && problems.length === 0) return read.flow
  throw new Refusal('flow.invalid', 'The flow cannot be published yet.', { problems })
}

/** Which flows each published flow calls. */
async function callsBy(trx: Knex.Transaction, workspaceId: string): Promise<Map<string, string[]>> {
  const { rows } = await trx.raw<{ rows: { id: string; definition: Flow }[] }>(
    `select f.id, v.definition from flows f
     join flow_versions v on v.flow_id = f.id and v.version = f.published
     where f.workspace_id = ? and f.deleted_at is null`,
    [workspaceId],
  )
  return new Map(rows.map(({ id, definition }) => [id, callsOf(definition)]))
}

async function nextVersion(trx: Knex.Transaction, flow_id: string): Promise<number> {
  const [row] = await trx('flow_versions').where({ flow_id }).max({ last: 'version' })
  return Number(row?.['last'] ?? 0) + 1
}

async function keep(
  trx: Knex.Transaction,
  { workspace_id, project_id }: Row,
  { flowId: flow_id, message, userId: published_by }: Publishing,
  flow: Flow,
  version: number,
  actor_id: string,
): Promise<void> {
  const hash = Buffer.from(definitionHash(flow), 'hex')
  const definition = JSON.stringify(flow)
  const home = { flow_id, version, workspace_id, project_id }
  await trx('flow_versions').insert({ ...home, hash, definition, message, published_by })
  const begun = { active: true, paused_because: null, failures_in_a_row: 0, draft_authors: '{}' }
  const heard = {
    listens_since: trx.raw(`case when ${HEARS_ALREADY} then listens_since else now() end`),
    heard_seal: trx.raw(`case when ${HEARS_ALREADY} then heard_seal end`),
  }
  await trx('flows')
    .where({ id: flow_id })
    .update({ published: version, actor_id, name: flow.name, ...begun, ...heard })
}

/** A flow that hears of the audit before and after misses nothing in between. */
const HEARS_ALREADY = `active and exists (
  select from flow_versions v where v.flow_id = flows.id and v.version = flows.published
    and v.definition -> 'trigger' ->> 'type' = 'audit.event')`

const lineOf = (
  { workspace_id, published }: Row,
  asked: Publishing,
  version: number,
  botId: string,
): AuditLine => ({
  id: newId(),
  workspaceId: workspace_id,
  actorId: asked.userId,
  action: 'flow.publish',
  decision: 'allowed',
  reason: null,
  targetKind: 'flow',
  targetId: asked.flowId,
  before: { version: published },
  after: { version, message: asked.message, actor: botId },
  commandId: null,
  workflowId: null,
  requestId: asked.requestId,
  ip: asked.ip,
})
