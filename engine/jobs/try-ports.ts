import { ActivityFailure, ApplicationFailure, uuid4 } from '@temporalio/workflow'
import type { Act, Acted, Output, StepReport } from '#core/contracts/flows/run.ts'
import type { TriedStep, TryStart } from '#core/contracts/flows/trying.ts'
import { stepsApart } from '../activities.ts'
import { StepFailure } from '../nodes/failures.ts'
import { behaviours } from '../nodes/index.ts'
import { wouldGive } from '../nodes/would-give.ts'
import { answerAsTold } from './answer-as-told.ts'
import type { FlowRun } from './flow-run.ts'
import type { RunPorts } from './run-ports.ts'

/** More than anybody reads; a flow that goes round and round is known by then. */
const STEPS_MAX = 300
/** What is done when it is tried too: it changes nothing. */
const READS = ['card.read', 'cards.find', 'code.run']

/** The world of a flow that is tried: nothing is written, and no time passes. */
export function tryPorts(
  start: TryStart,
  running: () => FlowRun,
): RunPorts & { readonly steps: TriedStep[] } {
  const steps: TriedStep[] = []
  let skippedMs = 0
  const now = () => start.nowMs + skippedMs
  return {
    steps,
    now,
    random: () => Number.parseInt(uuid4().slice(0, 8), 16) / 2 ** 32,
    async act(asked) {
      if (steps.length >= STEPS_MAX) {
        const message = `Trying ends after ${STEPS_MAX} steps: choose an event with less to do.`
        throw new StepFailure('flow.try_limit', message)
      }
      return await tried(start, asked, steps, now())
    },
    async wait(ms, ready) {
      // Whatever runs beside it comes to where it waits too.
      for (let turn = 0; turn < 20 && !ready(); turn += 1) await Promise.resolve()
      answerAsTold(running(), start)
      if (!ready()) skippedMs += ms
    },
    report: (line) => note(steps, line),
    patched: () => true,
  }
}

async function tried(
  start: TryStart,
  asked: Act,
  steps: TriedStep[],
  atMs: number,
): Promise<Acted> {
  const { stepId, type, label, with: input } = asked
  const key = asked.key.slice(start.runId.length + 1)
  const step = { key, stepId, type, label, input, status: 'done' as const, atMs }
  const pinned = Object.hasOwn(start.pins, stepId) ? start.pins[stepId] : undefined
  if (pinned) return told(steps, { ...step, how: 'pinned', output: pinned })
  if (READS.includes(type)) {
    return told(steps, { ...step, how: 'did', output: await readFor(start, asked) })
  }
  const output = wouldGive(asked, start, uuid4)
  // What control nodes ask for in between is told by their own line.
  if (type === 'approval.ask' || type === 'flow.start') return { output, cards: 0 }
  return told(steps, { ...step, how: 'would', output })
}

function told(steps: TriedStep[], step: TriedStep & { readonly output: Output }): Acted {
  steps.push(step)
  return { output: step.output, cards: 0 }
}

async function readFor(start: TryStart, asked: Act): Promise<Output> {
  const { workspaceId, actorId, flowId, runId, card, flow } = start
  const cardId = (card?.['id'] as string | undefined) ?? null
  const home = { workspaceId, actorId, flowId, runId, flowName: flow.name, cardId, isTry: true }
  try {
    const { output } = await stepsApart.act.executeWithOptions(
      { summary: asked.label, retry: { maximumAttempts: 2 } },
      [{ ...asked, ...home }],
    )
    return output
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : undefined
    const isCoded = cause instanceof ApplicationFailure && cause.nonRetryable
    const code = (isCoded && cause.type) || 'flow.gave_up'
    throw new StepFailure(code, isCoded ? cause.message : 'It did not come about.')
  }
}

/** Control nodes are told when they are over, and what failed. */
function note(steps: TriedStep[], { status, output, error, ...line }: StepReport): void {
  if (status === 'started') return
  const isControl = Object.hasOwn(behaviours, line.type)
  if (!isControl && status !== 'failed') return
  const given = { ...(output && { output }), ...(error && { error }) }
  steps.push({ ...line, how: 'did', status: status === 'failed' ? 'failed' : 'done', ...given })
}
