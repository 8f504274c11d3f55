import type { TryStart } from '#core/contracts/flows/trying.ts'
import type { FlowRun } from './flow-run.ts'

/** Lets what a flow waits for happen as whoever tries it has said: yes, unless they said otherwise. */
export function answerAsTold(run: FlowRun, { answers }: TryStart): void {
  for (const { key, step, asked, calledId } of run.expected()) {
    const answer = answers[step.id] ?? 'yes'
    if (answer === 'nobody') continue
    if (calledId !== null) run.hearEnd({ runId: calledId, status: 'done', output: {} })
    if (step.type === 'wait-for-event') run.hear({ type: step.with['event'] })
    for (const userId of asked?.approvers ?? []) {
      const vote = { step: key, userId, approved: answer === 'yes', comment: '' }
      if (run.refusalOfVote(vote) === null) run.vote(vote)
    }
  }
}
