import { ApplicationFailure } from '@temporalio/workflow'
import type { Tried, TryStart } from '#core/contracts/flows/trying.ts'
import { flowSteps } from '../activities.ts'
import { FlowRun } from './flow-run.ts'
import { onlyStep } from './only-step.ts'
import { tryPorts } from './try-ports.ts'

/**
 * Goes through a flow without touching anything: what reads is done, what would change something is
 * told. Time is skipped, and people answer as whoever tries it has said.
 */
export async function tryAutomation(start: TryStart): Promise<Tried> {
  if (!(await flowSteps.isOurTry(start))) {
    throw ApplicationFailure.nonRetryable('We did not begin it.', 'permission.denied')
  }
  const { flow, state } = onlyStep(start)
  const ports = tryPorts(start, () => run)
  const run: FlowRun = new FlowRun(flow, start, ports, state)
  const end = await run.run()
  if (end === 'suspended') throw ApplicationFailure.nonRetryable('It stopped.', 'internal')
  const tried = { runId: start.runId, end, steps: ports.steps }
  await flowSteps.keepTry(start, tried)
  return tried
}
