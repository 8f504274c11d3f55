import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import type { AuditLine } from '#core/platform/audit-line.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { recordAudit } from './record.ts'

interface Reader extends Pick<AuditLine, 'requestId' | 'ip'> {
  readonly workspaceId: string
  readonly actorId: string
}

/**
 * Writes down that somebody looks at the audit, and at what of it, before they see it. One of the
 * doors that write without a workflow: who reads waits for no engine.
 */
export async function recordAuditRead(
  database: Knex,
  reader: Reader,
  action: 'audit.read' | 'audit.export',
  asked: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { workspaceId, actorId: userId } = reader
  const line: AuditLine = {
    ...reader,
    id: newId(),
    action,
    decision: 'allowed',
    reason: null,
    targetKind: 'workspace',
    targetId: workspaceId,
    before: null,
    after: asked,
    commandId: null,
    workflowId: null,
  }
  await writeAs(database, { userId, workspaceId }, (trx) => recordAudit(trx, [line]))
}
