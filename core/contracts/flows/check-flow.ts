import { CALL_DEPTH_MAX, STEPS_PER_FLOW_MAX } from '#core/flows/limits.ts'
import { referenceProblems } from './check-references.ts'
import { problemOf, readFlow } from './check-shape.ts'
import { stepProblems, withDefaults } from './check-step.ts'
import type { Flow } from './flow.ts'
import type { Problem } from './problem.ts'
import { triggers } from './triggers.ts'
import { placedSteps, type Placed } from './walk.ts'

export type Checked = { readonly flow: Flow } | { readonly problems: readonly Problem[] }

/**
 * The flow a JSON value is, ready to be run, or everything that keeps it from being published.
 * The designer asks while one draws, publishing asks again.
 */
export function checkFlow(value: unknown): Checked {
  const read = readFlow(value)
  if ('problems' in read) return read
  const { flow } = read
  const placed = placedSteps(flow)
  const problems = [
    ...countProblems(placed),
    ...triggerProblems(flow),
    ...unheardProblems(flow, placed),
    ...placed.flatMap(stepProblems),
    ...referenceProblems(flow, placed),
  ]
  if (problems.length > 0) return { problems }
  const steps = flow.steps.map(withDefaults)
  return { flow: { ...flow, steps, onFailure: flow.onFailure.map(withDefaults) } }
}

function countProblems(placed: readonly Placed[]): Problem[] {
  const seen = new Set<string>()
  const twice = placed.filter(({ step }) => seen.size === seen.add(step.id).size)
  const problems = twice.map(({ step, path }): Problem => {
    const message = `Another step is called «${step.id}» already: give this one another id.`
    return { code: 'flow.step_twice', message, path, stepId: step.id }
  })
  if (placed.length <= STEPS_PER_FLOW_MAX) return problems
  const message = `A flow has at most ${STEPS_PER_FLOW_MAX} steps: move some into a flow it calls.`
  return [{ code: 'flow.too_many_steps', message, path: 'steps' }, ...problems]
}

function triggerProblems({ trigger }: Flow): Problem[] {
  const contract = Object.hasOwn(triggers, trigger.type) ? triggers[trigger.type] : undefined
  if (!contract) {
    const message = `There is no trigger «${trigger.type}»: choose one from the list.`
    return [{ code: 'flow.trigger_unknown', message, path: 'trigger/type' }]
  }
  const read = contract.params.safeParse(trigger.with)
  return read.success
    ? []
    : read.error.issues.map((issue) => problemOf(issue, 'trigger/with', 'flow.invalid'))
}

/**
 * A run hears of what happens to its own card. Without one it would wait until it gives up; a flow that is
 * called has the card of the run that calls it.
 */
function unheardProblems({ trigger: { type } }: Flow, placed: readonly Placed[]): Problem[] {
  const about = Object.hasOwn(triggers, type) ? triggers[type]!.about : 'card'
  if (about === 'card' || type === 'called') return []
  const waits = placed.filter(({ step }) => step.type === 'wait-for-event')
  return waits.map(({ step, path }): Problem => {
    const message =
      'Runs of this flow have no card of which they could hear: let something that happens to a card start it, or take the step out.'
    return { code: 'flow.no_card', message, path: `${path}/with/event`, stepId: step.id }
  })
}

/** The flows a flow calls. */
export const callsOf = (flow: Pick<Flow, 'steps' | 'onFailure'>): string[] =>
  placedSteps(flow).flatMap(({ step }) =>
    step.type === 'flow.call' ? [String(step.with['flowId'])] : [],
  )

/** Why a flow may not call what it calls: in the end it would call itself, or through too many. */
export function callProblems(
  flowId: string,
  flow: Flow,
  /** Of every other published flow of the workspace. */
  callsBy: ReadonlyMap<string, readonly string[]>,
): Problem[] {
  const calls = placedSteps(flow).filter(({ step }) => step.type === 'flow.call')
  return calls.flatMap(({ step, path }): Problem[] => {
    const found = endOf(flowId, [String(step.with['flowId'])], callsBy)
    if (found === 'fine') return []
    const message =
      found === 'itself'
        ? 'The flow it calls would in the end call this one: take the call out.'
        : `Flows call each other at most ${CALL_DEPTH_MAX} deep: call a flow that calls fewer.`
    return [{ code: 'flow.calls_itself', message, path, stepId: step.id }]
  })
}

function endOf(
  flowId: string,
  from: readonly string[],
  callsBy: ReadonlyMap<string, readonly string[]>,
): 'fine' | 'itself' | 'too deep' {
  const seen = new Set<string>()
  let level: readonly string[] = from
  for (let depth = 1; level.length > 0; depth += 1) {
    if (level.includes(flowId)) return 'itself'
    if (depth > CALL_DEPTH_MAX) return 'too deep'
    for (const each of level) seen.add(each)
    const next = new Set(level.flatMap((each) => callsBy.get(each) ?? []))
    level = [...next].filter((each) => !seen.has(each))
  }
  return 'fine'
}
