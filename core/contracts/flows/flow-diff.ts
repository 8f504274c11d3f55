import { canonicalJson } from '#core/kernel/canonical-json.ts'
import { withDefaults } from './check-step.ts'
import type { DrawnFlow } from './drawn.ts'
import type { Step } from './step.ts'
import { placedSteps } from './walk.ts'

/** One thing that is another than in the version before. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  /** The step, or what of the flow itself it is about. */
  readonly about: Step | 'trigger' | 'name' | 'settings'
}

/** What publishing would change, in reading order. */
export function flowDiff(before: DrawnFlow | null, after: DrawnFlow): Difference[] {
  if (!before) return stepsOf(after).map(({ step }) => ({ kind: 'added', about: step }))
  const [old, now] = [byId(before), byId(after)]
  const steps = [...now.values()].flatMap(({ step, parent }): Difference[] => {
    const was = old.get(step.id)
    if (!was) return [{ kind: 'added', about: step }]
    if (!same(bare(was.step), bare(step))) return [{ kind: 'changed', about: step }]
    return was.parent === parent ? [] : [{ kind: 'moved', about: step }]
  })
  const gone = [...old.values()]
    .filter(({ step }) => !now.has(step.id))
    .map(({ step }): Difference => ({ kind: 'removed', about: step }))
  return [...ofFlow(before, after), ...steps, ...gone, ...reordered(before, after, steps, gone)]
}

function ofFlow(before: DrawnFlow, after: DrawnFlow): Difference[] {
  const rest = ({ description = '', variables = {}, limits }: DrawnFlow) => ({
    description,
    variables,
    limits: { runsFor: 'P30D', runsPerHour: 200, ...limits },
  })
  const trigger = (flow: DrawnFlow) => ({ byFlows: false, with: {}, ...flow.trigger })
  return [
    ...(same(trigger(before), trigger(after))
      ? []
      : [{ kind: 'changed', about: 'trigger' } as const]),
    ...(before.name === after.name ? [] : [{ kind: 'changed', about: 'name' } as const]),
    ...(same(rest(before), rest(after)) ? [] : [{ kind: 'changed', about: 'settings' } as const]),
  ]
}

/** Steps that stand in another order and are otherwise as they were. */
function reordered(
  before: DrawnFlow,
  after: DrawnFlow,
  steps: readonly Difference[],
  gone: readonly Difference[],
): Difference[] {
  if (steps.length > 0 || gone.length > 0) return []
  const [old, now] = [stepsOf(before), stepsOf(after)]
  return now.flatMap(({ step }, at) =>
    old[at]?.step.id === step.id ? [] : [{ kind: 'moved', about: step } as const],
  )
}

const stepsOf = ({ steps, onFailure = [] }: DrawnFlow) =>
  placedSteps({ steps: [...steps], onFailure: [...onFailure] }).map(({ step, block, within }) => ({
    step,
    parent: `${within?.step.id ?? ''}/${block}`,
  }))
const byId = (flow: DrawnFlow) => new Map(stepsOf(flow).map((each) => [each.step.id, each]))

/** Without its blocks, whose steps are told by themselves; with what it leaves out, as published ones. */
function bare(step: Step): object {
  const { blocks: _, ...whole } = withDefaults(step)
  return whole
}

const same = (before: unknown, after: unknown): boolean =>
  canonicalJson(before) === canonicalJson(after)
