import type { z } from 'zod'
import { answerLine, recordAnswer } from '#activities/automation/record-answer.ts'
import { recordAudit } from '#activities/audit/record.ts'
import type { Answer } from '#core/contracts/flows/views.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { askingOf } from './asking-of.ts'
import type { Asked } from './command.ts'
import { refuse } from './refuse.ts'
import { runAsked } from './run-asked.ts'

/**
 * Gives somebody's answer to a run. It stands in the audit before the run hears of it, and once more
 * when the run does not take it, for it was answered or is over by now.
 */
export async function answerRun(
  call: Asked,
  runId: string,
  { step, approved, comment = '' }: z.infer<typeof Answer>,
): Promise<void> {
  const { parts, userId } = call
  const { workspaceId, flowId, cause } = await runAsked(call, runId)
  const asked = { workspaceId, flowId, ...askingOf(call) }
  const answer = { runId, step, approved }
  const who = { userId, workspaceId }
  const isAsked = await writeAs(parts.database, who, (trx) =>
    recordAnswer(trx, asked, answer, recordAudit),
  )
  if (!isAsked) throw refuse('approval.not_yours')
  try {
    await parts.runs.decide(flowId, cause, { step, userId, approved, comment })
  } catch (error) {
    if (error instanceof Refusal) {
      const line = {
        ...answerLine(asked, answer),
        decision: 'refused',
        reason: error.code,
      } as const
      await writeAs(parts.database, who, (trx) => recordAudit(trx, [line]))
    }
    throw error
  }
}
