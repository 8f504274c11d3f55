import type { z } from 'zod'
import { lineOf } from '#activities/automation/change-flow.ts'
import { runAgain } from '#activities/automation/run-again.ts'
import { recordAudit } from '#activities/audit/record.ts'
import type { RunningAgain } from '#core/contracts/flows/views.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { askingOf } from './asking-of.ts'
import type { Asked } from './command.ts'

interface Run {
  readonly id: string
  readonly workspaceId: string
  readonly flowId: string
}

/** Begins a run again as whoever asks, and writes that down; answers the id of the new one. */
export async function beginAgain(
  call: Asked,
  { id: runId, workspaceId, flowId }: Run,
  { from, isNewest }: z.infer<typeof RunningAgain>,
): Promise<string> {
  const { parts, userId } = call
  const line = { workspaceId, flowId, ...askingOf(call) }
  return await writeAs(parts.database, { userId, workspaceId }, async (trx) => {
    const made = await runAgain(trx, { runId, from: from ?? null, isNewest }, (...begun) =>
      parts.runs.begin(...begun),
    )
    await recordAudit(trx, [lineOf(line, 'run.again', null, { run: made, of: runId })])
    return made
  })
}
