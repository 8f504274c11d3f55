import type { Behaviour } from './node.ts'
import { settle } from './settle.ts'

export const parallel: Behaviour = async ({ step, frame }, run) => {
  const blocks = Object.values(step.blocks ?? {})
  await settle(blocks.map((steps) => run.doSteps(steps, frame)))
  for (const steps of blocks) run.forget(steps, frame)
  return {}
}
