import type { Knex } from 'knex'
import type { FlowAsked } from '#activities/automation/change-flow.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { askingOf } from './asking-of.ts'
import type { Asked } from './command.ts'
import { ofVisible } from './guards.ts'

/** Changes a flow as whoever asks, in one transaction, when their role allows what the route asks. */
export async function changeFlow<Result>(
  call: Asked,
  flowId: string,
  work: (trx: Knex.Transaction, asked: FlowAsked) => Promise<Result>,
): Promise<Result> {
  const { parts, userId } = call
  const { workspaceId } = await ofVisible(call, ['flow', flowId], async (_, found) => found)
  const asked = { workspaceId, flowId, ...askingOf(call) }
  return await writeAs(parts.database, { userId, workspaceId }, (trx) => work(trx, asked))
}
