import type { Knex } from 'knex'
import type { AuditLine } from '#core/platform/audit-line.ts'
import { lineOf, type FlowAsked } from './change-flow.ts'

// One of the doors that write without a workflow: what is answered goes to a run that is under way.

type RecordAudit = (trx: Knex.Transaction, lines: readonly AuditLine[]) => Promise<void>

interface Answered {
  readonly runId: string
  /** The key of the step that asks. */
  readonly step: string
  readonly approved: boolean
}

/**
 * Writes down what somebody says to what a run asks, or that they are not among those who are asked,
 * and answers whether they are. Of what nobody is asked there is nothing to tell.
 */
export async function recordAnswer(
  trx: Knex.Transaction,
  asked: FlowAsked,
  answer: Answered,
  recordAudit: RecordAudit,
): Promise<boolean> {
  const { runId: run_id, step: key } = answer
  const approval = await trx('flow_approvals')
    .where({ run_id, key, status: 'open' })
    .first<{ approvers: string[] } | undefined>('approvers')
  if (!approval) return true
  const isAsked = approval.approvers.includes(asked.actorId)
  const denied = { decision: 'denied', reason: 'approval.not_yours' } as const
  await recordAudit(trx, [{ ...answerLine(asked, answer), ...(!isAsked && denied) }])
  return isAsked
}

/** The line of an answer. */
export const answerLine = (asked: FlowAsked, { runId: run, step, approved }: Answered) =>
  lineOf(asked, 'approval.answer', null, { run, step, approved })
