import type { Knex } from 'knex'
import type { AuditLine } from '#core/platform/audit-line.ts'
import { newId } from '#core/kernel/ids.ts'

/** Who asks for a change outside of workflows, and from where. */
export interface Asking {
  readonly actorId: string
  readonly requestId: string
  readonly ip: string
}

export type RecordAudit = (trx: Knex.Transaction, lines: readonly AuditLine[]) => Promise<void>

type Told = Pick<
  AuditLine,
  'workspaceId' | 'action' | 'targetKind' | 'targetId' | 'before' | 'after'
>

/** The line of something that was done. */
export const lineOf = ({ actorId, requestId, ip }: Asking, told: Told): AuditLine => ({
  ...told,
  id: newId(),
  actorId,
  decision: 'allowed',
  reason: null,
  commandId: null,
  workflowId: null,
  requestId,
  ip,
})
