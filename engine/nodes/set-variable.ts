import type { Behaviour } from './node.ts'

export const setVariable: Behaviour = async (here, run) => {
  const { name, value, cel } = here.step.with as { name: string; value?: unknown; cel?: string }
  const now = (cel === undefined ? run.fill(value, here) : run.evaluate(cel, here)) ?? null
  run.setVariable(name, now)
  return { value: now }
}
