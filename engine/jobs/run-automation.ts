import {
  allHandlersFinished,
  ApplicationFailure,
  CancelledFailure,
  CancellationScope,
  condition,
  continueAsNew,
  patched,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow'
import type {
  AutomationStart,
  Called,
  Decision,
  RunEnd,
  RunState,
  StepReport,
} from '#core/contracts/flows/run.ts'
import { flowSteps } from '../activities.ts'
import { calledEnded, decide, happened, runStatus } from '../automation-signals.ts'
import { FlowRun } from './flow-run.ts'
import { workflowPorts } from './workflow-ports.ts'

/** Far below what the server takes, so that a replay is over in a moment. */
const HISTORY_EVENTS_MAX = 2_000
/** What is under way when the run is cancelled may come to its end for so long. */
const GRACE_MS = 3_000
/** An answer that comes while a run goes on elsewhere waits so long for the step it is for. */
const EXPECTED_WITHIN_MS = 10_000
const DETAILS_LINES_MAX = 60

/** Does a flow from its trigger to its end, however long that takes and whatever dies meanwhile. */
export async function runAutomation(start: AutomationStart): Promise<RunEnd> {
  const lines: string[] = []
  let run: FlowRun | undefined
  setHandler(decide, (decision) => taken(() => run, decision), {
    validator: (decision) => refuse(run, decision),
  })
  setHandler(happened, (event) => run?.waiting.hear(event))
  const early: Called[] = []
  setHandler(calledEnded, (called) => (run ? run.waiting.hearEnd(called) : void early.push(called)))
  const cancelled = CancellationScope.current().cancelRequested

  let untold = (): StepReport[] => []
  const end = await CancellationScope.nonCancellable(async () => {
    const flow = await flowSteps.loadFlow(start)
    const ports = workflowPorts(start, flow.name, (line) => {
      note(lines, line)
      const { continueAsNewSuggested, historyLength } = workflowInfo()
      if (continueAsNewSuggested || historyLength > HISTORY_EVENTS_MAX) run?.suspend()
    })
    untold = ports.untold
    run = new FlowRun(flow, start, ports, start.state)
    for (const called of early) run.waiting.hearEnd(called)
    cancelled.catch(async () => {
      run?.cancel('Somebody has cancelled it.')
      await sleep(GRACE_MS)
      ports.abandon()
    })
    return await run.run()
  })

  await CancellationScope.nonCancellable(() => condition(allHandlersFinished))
  const { state } = run!
  if (end === 'suspended') return await goOnElsewhere(start, state, untold())
  await settle(start, state, end, untold())
  return ended(end)
}

/** From a checkpoint, with a history of its own. */
async function goOnElsewhere(
  start: AutomationStart,
  state: RunState,
  lines: StepReport[],
): Promise<never> {
  const { workspaceId, runId, flowId } = start
  if (lines.length > 0 && patched('notes')) {
    await flowSteps.note({ workspaceId, runId, flowId, lines })
  }
  const stateMac = await flowSteps.markState(runId, state)
  return await continueAsNew<typeof runAutomation>({ ...start, state, stateMac })
}

/** Writes down how it has ended, and what it can be begun again from. */
async function settle(
  { workspaceId, runId, flowId, version, cause, chain, card }: AutomationStart,
  state: RunState,
  end: RunEnd,
  lines: StepReport[],
): Promise<void> {
  upsertSearchAttributes([{ key: runStatus, value: end.status }])
  const cardId = (card?.['id'] as string | undefined) ?? null
  const run = { workspaceId, runId, flowId, version, cause, chain, cardId }
  const left = { lines, vars: state.vars, ...(end.status !== 'done' && { state }) }
  await CancellationScope.nonCancellable(() => flowSteps.settle({ run, end, ...left }))
}

/** A run that failed or was cancelled is that to operators too. */
function ended(end: RunEnd): RunEnd {
  if (end.status === 'cancelled') throw new CancelledFailure(end.reason)
  if (end.status === 'done') return end
  const { code, message, step } = end.error
  throw ApplicationFailure.nonRetryable(message, code, { step })
}

/** Before the run stands where it stood, nothing is refused: the handler asks again. */
function refuse(run: FlowRun | undefined, decision: Decision): void {
  const no = run?.waiting.has(decision.step) ? run.waiting.refusalOfVote(decision) : null
  if (no) throw ApplicationFailure.nonRetryable(no.message, no.code)
}

async function taken(running: () => FlowRun | undefined, decision: Decision): Promise<'taken'> {
  await condition(() => running()?.waiting.has(decision.step) ?? false, EXPECTED_WITHIN_MS)
  const run = running()
  const no = run
    ? run.waiting.refusalOfVote(decision)
    : { code: 'approval.not_found', message: 'The run has not begun.' }
  if (no) throw ApplicationFailure.nonRetryable(no.message, no.code)
  run!.waiting.vote(decision)
  return 'taken'
}

/** What the Web UI shows of the run: its newest steps. */
function note(lines: string[], { key, type, status, error }: StepReport): void {
  lines.push(`- ${key} (${type}): ${status}${error ? `, ${error.code}` : ''}`)
  if (lines.length > DETAILS_LINES_MAX) lines.shift()
  setCurrentDetails(lines.join('\n'))
}
