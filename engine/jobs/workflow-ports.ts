import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  patched,
  upsertSearchAttributes,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow'
import type { Act, Acted, AutomationStart, StepReport } from '#core/contracts/flows/run.ts'
import { flowSteps, ownSteps, stepsApart } from '../activities.ts'
import { runStatus } from '../automation-signals.ts'
import { Interrupted, StepFailure } from '../nodes/failures.ts'
import { behaviours } from '../nodes/index.ts'
import { DONE_APART } from './done-apart.ts'
import type { RunPorts } from './run-ports.ts'

/** Whoever looks for runs that wait is not told of each breath. */
const TOLD_WAITS_FROM_MS = 60_000
/** Nor who looks at the run. */
const NOTED_WAITS_FROM_MS = 1_000

/** The world of a run in a workflow. */
export function workflowPorts(
  start: AutomationStart,
  flowName: string,
  report: (line: StepReport) => void,
): RunPorts & { abandon: () => void; untold: () => StepReport[] } {
  const underWay = new Set<CancellationScope>()
  const untold: StepReport[] = []
  const takeUntold = () => untold.splice(0)
  let waiting = 0
  const wait: RunPorts['wait'] = async (ms, ready) => {
    if (ms >= NOTED_WAITS_FROM_MS && untold.length > 0 && patched('notes')) {
      const { workspaceId, runId, flowId } = start
      await flowSteps.note({ workspaceId, runId, flowId, lines: takeUntold() })
    }
    if (ms < TOLD_WAITS_FROM_MS) return void (await condition(ready, ms))
    tell((waiting += 1), 1, 'waiting')
    await condition(ready, ms)
    tell((waiting -= 1), 0, 'running')
  }
  return {
    act: async (asked) => await inScope(underWay, () => act(start, flowName, asked, takeUntold())),
    wait,
    patched,
    now: () => Date.now(),
    // Of the run's own seed, so that a replay draws the same.
    random: () => Number.parseInt(uuid4().slice(0, 8), 16) / 2 ** 32,
    report(line) {
      // Acts tell of themselves; of one that was not even asked for, only the run knows.
      if (line.type in behaviours || line.status === 'failed') untold.push(line)
      report(line)
    },
    /** What happened since the last act, and is written down nowhere yet. */
    untold: takeUntold,
    /** Waits no longer for what is being done. */
    abandon: () => underWay.forEach((scope) => scope.cancel()),
  }
}

function tell(count: number, when: number, status: string): void {
  if (count === when) upsertSearchAttributes([{ key: runStatus, value: status }])
}

async function inScope<Value>(
  underWay: Set<CancellationScope>,
  work: () => Promise<Value>,
): Promise<Value> {
  const scope = new CancellationScope()
  underWay.add(scope)
  try {
    return await scope.run(work)
  } finally {
    underWay.delete(scope)
  }
}

/** What the activity refuses is a failure of the step, by its code. */
async function act(
  start: AutomationStart,
  flowName: string,
  asked: Act,
  lines: readonly StepReport[],
): Promise<Acted> {
  const { workspaceId, actorId, flowId, runId, card } = start
  const cardId = (card?.['id'] as string | undefined) ?? null
  const home = { workspaceId, actorId, flowId, runId, flowName, cardId }
  const order = { ...asked, ...home, ...(lines.length > 0 && { lines }) }
  if (asked.type === 'flow.start') Object.assign(order, callingOf(asked, start))
  try {
    const steps = !DONE_APART.has(asked.type) && patched('own-steps') ? ownSteps : stepsApart
    return await steps.act.executeWithOptions({ summary: asked.label }, [order])
  } catch (error) {
    if (isCancellation(error)) throw new Interrupted({ kind: 'cancelled', reason: 'Cancelled.' })
    // What the run does itself fails as it is, and what is done apart within the failure of that.
    const cause = error instanceof ActivityFailure ? error.cause : error
    if (cause instanceof ApplicationFailure && cause.nonRetryable) {
      throw new StepFailure(cause.type ?? 'internal', cause.message)
    }
    throw new StepFailure('flow.gave_up', 'It did not come about for too long, and was given up.')
  }
}

/** What a run that is called has to know of the one that calls it. */
function callingOf({ with: params }: Act, { card, chain }: AutomationStart) {
  const callerId = params['wait'] === true ? workflowInfo().workflowId : null
  return { card, chain, with: { ...params, callerId } }
}
