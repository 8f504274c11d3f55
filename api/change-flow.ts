import type { Knex } from 'knex'
import type { FlowAsked } from '#activities/automation/change-flow.ts'
import { recordDenial } from '#activities/audit/denials.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { askingOf } from './asking-of.ts'
import type { Asked } from './command.ts'
import { ofVisible } from './guards.ts'
import { isErrorCode, statusOf } from './refuse.ts'

/**
 * Changes a flow as whoever asks, in one transaction, when their role allows what the route asks. What
 * is denied them in spite of their role is written down too.
 */
export async function changeFlow<Result>(
  call: Asked,
  flowId: string,
  work: (trx: Knex.Transaction, asked: FlowAsked) => Promise<Result>,
): Promise<Result> {
  const { parts, userId } = call
  const { workspaceId } = await ofVisible(call, ['flow', flowId], async (_, found) => found)
  const asked = { workspaceId, flowId, ...askingOf(call) }
  try {
    return await writeAs(parts.database, { userId, workspaceId }, (trx) => work(trx, asked))
  } catch (error) {
    if (error instanceof Refusal && isErrorCode(error.code) && statusOf(error.code) === 403) {
      const { flowId: targetId, ...asking } = asked
      const what = { action: call.permission, targetKind: 'flow', targetId, commandId: null }
      await recordDenial(parts.database, { ...what, ...asking, reason: error.code })
    }
    throw error
  }
}
