import type { Condition } from '#core/contracts/flows/condition.ts'
import { StepFailure } from './failures.ts'
import { blockOf, type Behaviour } from './node.ts'

/** `rounds` counts those begun; in the middle of one the condition is not asked again. */
export const whileLoop: Behaviour = async (here, run) => {
  const { local, frame, key } = here
  const { when, max } = here.step.with as { when: Condition; max: number }
  const steps = blockOf(here, 'do')
  local['rounds'] ??= 0
  while (local['within'] || run.holds(when, here)) {
    if (!local['within']) {
      if (local['rounds'] === max) {
        const message = `The condition still held after ${max} rounds: raise the maximum, or change it.`
        throw new StepFailure('flow.while_limit', message)
      }
      local['rounds'] = (local['rounds'] as number) + 1
      local['within'] = true
    }
    const round = {
      ...frame,
      prefixes: [...frame.prefixes, `${key}[${local['rounds'] as number}].`],
    }
    await run.doSteps(steps, round)
    run.forget(steps, round)
    local['within'] = false
  }
  return { rounds: local['rounds'] }
}
