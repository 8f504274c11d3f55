import { newId } from '#core/kernel/ids.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import type { EgressError } from '#core/platform/egress/egress-error.ts'
import type { ActTools } from './tools.ts'

const NO_ADDRESS = '127.0.0.1'

interface Asking {
  readonly workspaceId: string
  readonly actorId: string
  readonly flowId: string
  readonly runId: string
}

/** Writes down that a flow was kept from asking a server outside. */
export async function recordEgressDenial(
  { database, recordAudit }: Pick<ActTools, 'database' | 'recordAudit'>,
  { workspaceId, actorId, flowId, runId }: Asking,
  { code, host }: EgressError,
): Promise<void> {
  await writeAs(database, { workspaceId }, (trx) =>
    recordAudit(trx, [
      {
        id: newId(),
        workspaceId,
        actorId,
        action: 'egress.request',
        decision: 'denied',
        reason: code,
        targetKind: 'flow',
        targetId: flowId,
        before: null,
        after: { host },
        commandId: null,
        workflowId: null,
        requestId: runId,
        ip: NO_ADDRESS,
      },
    ]),
  )
}
