import type { Knex } from 'knex'
import type { InstallationAction } from '#core/kernel/installation-actions.ts'
import { newId } from '#core/kernel/ids.ts'
import { actAs } from '#core/platform/acting-as.ts'
import type { AuditLine } from '#core/platform/audit-line.ts'
import { recordAudit } from './record.ts'

/** What a line is about when it is no person: the installation as a whole. */
export const THE_INSTALLATION = {
  targetKind: 'installation',
  targetId: '00000000-0000-0000-0000-000000000000',
} as const

/** Where a command or a process that starts comes from: there is no request. */
export const FROM_INSIDE = { ip: '::', requestId: 'none' } as const

/** Something that happened to the installation or to who signs in to it, and to no workspace. */
export interface Happened extends Pick<
  AuditLine,
  'actorId' | 'targetKind' | 'targetId' | 'requestId' | 'ip'
> {
  readonly action: InstallationAction
  /** Absent, it was allowed and done. */
  readonly decision?: 'denied'
  readonly reason?: string
  readonly before?: AuditLine['before']
  readonly after?: AuditLine['after']
}

/**
 * Writes a line of the installation in the transaction of what it tells of, which from here on acts
 * for its actor. One of the doors that write without a workflow, as signing in is.
 */
export async function recordOfInstallation(
  trx: Knex.Transaction,
  happened: Happened,
): Promise<void> {
  const { actorId } = happened
  const line: AuditLine = {
    decision: 'allowed',
    reason: null,
    before: null,
    after: null,
    ...happened,
    id: newId(),
    workspaceId: null,
    commandId: null,
    workflowId: null,
  }
  if (actorId !== null) await actAs(trx, { userId: actorId })
  await recordAudit(trx, [line])
}
