import type { Knex } from 'knex'
import type { AuditLine } from '#core/platform/audit-line.ts'
import { insertRows } from '#core/platform/insert-rows.ts'

/** Writes lines in the transaction of what they tell of. */
export async function recordAudit(
  trx: Knex.Transaction,
  lines: readonly AuditLine[],
): Promise<void> {
  await insertRows(
    trx,
    'audit_log',
    lines.map((line) => ({
      id: line.id,
      workspace_id: line.workspaceId,
      actor_id: line.actorId,
      action: line.action,
      decision: line.decision,
      reason: line.reason,
      target_kind: line.targetKind,
      target_id: line.targetId,
      before: line.before,
      after: line.after,
      command_id: line.commandId,
      workflow_id: line.workflowId,
      request_id: line.requestId,
      ip: line.ip,
    })),
  )
}
