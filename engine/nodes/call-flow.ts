import { StepFailure } from './failures.ts'
import type { Behaviour } from './node.ts'

/** No run takes longer than this. */
const LONGEST_MS = 365 * 86_400_000

/** Begins a run of another flow; if it waits, it goes on when that run says that it is over. */
export const callFlow: Behaviour = async (here, run) => {
  const { local, step } = here
  const { flowId, input, wait } = step.with
  const runId = (local['runId'] ??= (
    await run.act(here, 'flow.start', { flowId, input: run.fill(input, here), wait })
  )['runId']) as string
  if (!wait) return { runId, status: 'running', output: null }
  await run.expect(here, run.now() + LONGEST_MS, () => run.calledEnd(runId) !== null)
  const called = run.calledEnd(runId)
  if (!called)
    throw new StepFailure(
      'flow.call_late',
      'The flow that was called does not end: look at its run.',
    )
  const { status, output } = called
  if (status === 'done') return { runId, status, output }
  throw new StepFailure(
    'flow.call_failed',
    `The flow that was called has ended as ${status}: look at its run.`,
  )
}
