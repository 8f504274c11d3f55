import type { Knex } from 'knex'
import type { AuditLineView } from '#core/contracts/audit.ts'
import { readPage, type OrderedList, type Page, type PageAsked } from '#core/platform/page.ts'
import { aboutTarget } from './about-target.ts'
import { LINE, type StoredLine } from './line.ts'

/** Which lines of a workspace are wanted. */
export interface TrailAsked {
  readonly actorId?: string | undefined
  readonly action?: string | undefined
  readonly decision?: string | undefined
  readonly targetId?: string | undefined
  readonly requestId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

type Row = StoredLine & { actorName: string | null; isBot: boolean; isSealed: boolean }

/**
 * The audit of a workspace, or of the installation where that is null, latest first; `urlOf` says
 * where a workflow is shown.
 */
export async function trail(
  db: Knex,
  workspaceId: string | null,
  asked: TrailAsked & PageAsked,
  urlOf: (workflowId: string) => string,
): Promise<Page<AuditLineView>> {
  return await readPage(db, listOf(workspaceId, asked), asked, (row: Row) => ({
    id: row.id,
    createdAt: row.createdAt,
    actorId: row.actorId,
    actorName: row.actorName,
    isBot: row.isBot,
    action: row.action,
    decision: row.decision,
    reason: row.reason,
    targetKind: row.targetKind,
    targetId: row.targetId,
    before: row.before,
    after: row.after,
    requestId: row.requestId,
    ip: row.ip,
    workflowUrl: row.workflowId && urlOf(row.workflowId),
    isSealed: row.isSealed,
  }))
}

/** How each filter is asked of the log. */
const FILTERS: Readonly<Record<keyof TrailAsked, string>> = {
  actorId: 'a.actor_id = ?',
  action: 'a.action = ?',
  decision: 'a.decision = ?',
  targetId: 'a.target_id = ?',
  requestId: 'a.request_id = ?',
  from: 'a.created_at >= ?',
  to: 'a.created_at < ?',
}

function filterOf(workspaceId: string | null, name: keyof TrailAsked, value: string) {
  if (name === 'targetId' && workspaceId !== null) return aboutTarget(workspaceId, value)
  return { sql: FILTERS[name], bindings: [value] }
}

function listOf(workspaceId: string | null, asked: TrailAsked): OrderedList {
  const names = Object.keys(FILTERS) as (keyof TrailAsked)[]
  const given = names.filter((name) => asked[name] !== undefined)
  const filters = given.map((name) => filterOf(workspaceId, name, asked[name]!))
  const home =
    workspaceId === null
      ? { sql: 'a.workspace_id is null', bindings: [] }
      : { sql: 'a.workspace_id = ?', bindings: [workspaceId] }
  const where = [home, ...filters]
  return {
    sql: `
      select ${LINE}, u.name as "actorName", coalesce(u.kind = 'bot', false) as "isBot",
        exists (select from audit_leaves l where l.line_id = a.id) as "isSealed"
      from audit_log a left join users u on u.id = a.actor_id
      where ${where.map(({ sql }) => sql).join(' and ')}`,
    bindings: where.flatMap(({ bindings }) => bindings),
    key: [['id', 'uuid']],
    direction: 'desc',
  }
}
