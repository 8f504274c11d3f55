import type { TryStart } from '#core/contracts/flows/trying.ts'
import type { FlowRun } from './flow-run.ts'

/** Lets what a flow waits for happen as whoever tries it has said: yes, unless they said otherwise. */
export function answerAsTold({ waiting }: FlowRun, { answers }: TryStart): void {
  for (const { key, step, asked, calledId } of waiting.list()) {
    const answer = answers[step.id] ?? 'yes'
    if (answer === 'nobody') continue
    if (calledId !== null) waiting.hearEnd({ runId: calledId, status: 'done', output: {} })
    if (step.type === 'wait-for-event') waiting.hear({ type: step.with['event'] })
    for (const userId of asked?.approvers ?? []) {
      const vote = { step: key, userId, approved: answer === 'yes', comment: '' }
      if (waiting.refusalOfVote(vote) === null) waiting.vote(vote)
    }
  }
}
