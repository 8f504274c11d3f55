import { checkFlow } from '#core/contracts/flows/check-flow.ts'
import { readFlow } from '#core/contracts/flows/check-shape.ts'
import { withDefaults } from '#core/contracts/flows/check-step.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import { placedSteps } from '#core/contracts/flows/walk.ts'
import { Refusal } from '#core/kernel/refusal.ts'

/**
 * A draft as it would be run. Where one step is tried alone, nothing but that step needs to be
 * right. Refuses with `flow.invalid`, whose details are what has to be mended.
 */
export function flowToTry(draft: unknown, only: string | undefined): Flow {
  const checked = checkFlow(draft)
  if ('flow' in checked) return withStep(checked.flow, only)
  const read = readFlow(draft)
  const ofStep = checked.problems.filter(({ stepId }) => stepId === only)
  if (only === undefined || 'problems' in read || ofStep.length > 0) {
    const problems = only === undefined || ofStep.length === 0 ? checked.problems : ofStep
    throw new Refusal('flow.invalid', 'The flow cannot be tried yet.', { problems })
  }
  const { flow } = read
  const filled = {
    steps: flow.steps.map(withDefaults),
    onFailure: flow.onFailure.map(withDefaults),
  }
  return withStep({ ...flow, ...filled }, only)
}

function withStep(flow: Flow, only: string | undefined): Flow {
  if (only === undefined || placedSteps(flow).some(({ step }) => step.id === only)) return flow
  throw new Refusal('flow.step_not_found', 'The flow has no such step any more.')
}
