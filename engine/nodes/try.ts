import type { Failure } from '#core/contracts/flows/run.ts'
import { StepFailure } from './failures.ts'
import { blockOf, type Behaviour } from './node.ts'

export const tryCatch: Behaviour = async (here, run) => {
  const { local, frame } = here
  const [steps, handler] = [blockOf(here, 'do'), blockOf(here, 'catch')]
  if (!local['error']) {
    try {
      await run.doSteps(steps, frame)
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error
      local['error'] = { code: error.code, message: error.message, step: error.step }
    }
  }
  const error = local['error'] as Failure | undefined
  if (error) await run.doSteps(handler, { ...frame, error })
  run.forget([...steps, ...handler], frame)
  return { failed: error !== undefined, error: error ?? null }
}
