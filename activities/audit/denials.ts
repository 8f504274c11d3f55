import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import type { AuditLine } from '#core/platform/audit-line.ts'
import { recordAudit } from './record.ts'

type Denied = Omit<
  AuditLine,
  'id' | 'decision' | 'reason' | 'before' | 'after' | 'workflowId' | 'workspaceId' | 'actorId'
> & { readonly workspaceId: string; readonly actorId: string; readonly reason?: string }

/**
 * Writes down whom the API turned away. One of the doors that write without a workflow: what is
 * denied starts none.
 */
export async function recordDenial(database: Knex, denied: Denied): Promise<void> {
  const line: AuditLine = {
    reason: 'permission.denied',
    ...denied,
    id: newId(),
    decision: 'denied',
    before: null,
    after: null,
    workflowId: null,
  }
  const { actorId: userId, workspaceId } = denied
  await writeAs(database, { userId, workspaceId }, (trx) => recordAudit(trx, [line]))
}
