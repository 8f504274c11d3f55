import { canonicalJson } from '#core/kernel/canonical-json.ts'
import type { AuditLine } from '#core/platform/audit-line.ts'

/** A line as it is stored. */
export interface StoredLine extends AuditLine {
  /** ISO 8601 in UTC, with microseconds. */
  readonly createdAt: string
}

/** The columns of audit_log as the fields of a StoredLine, for `select`. */
export const LINE = `
  a.id, a.workspace_id as "workspaceId", a.actor_id as "actorId", a.action, a.decision, a.reason,
  a.target_kind as "targetKind", a.target_id as "targetId", a.before, a.after,
  a.command_id as "commandId", a.workflow_id as "workflowId", a.request_id as "requestId",
  host(a.ip) as ip,
  to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAt"`

/**
 * The one text of a line, which is hashed. Fields without a value are left out, so that a column
 * that is added later changes no line from before it.
 */
export function textOf(line: StoredLine): string {
  const { id, workspaceId, actorId, action, decision, reason, targetKind, targetId } = line
  const { before, after, commandId, workflowId, requestId, ip, createdAt } = line
  const what = { id, workspaceId, actorId, action, decision, reason, targetKind, targetId }
  const fields = { ...what, before, after, commandId, workflowId, requestId, ip, createdAt }
  return canonicalJson(
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
  )
}
