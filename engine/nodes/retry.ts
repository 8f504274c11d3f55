import { durationMs } from '#core/flows/duration.ts'
import { StepFailure } from './failures.ts'
import { blockOf, type Behaviour } from './node.ts'

/** `tries` counts those that failed; while `untilMs` is set, it waits for the next one. */
export const retry: Behaviour = async (here, run) => {
  const { local, frame } = here
  const { times, wait } = here.step.with as { times: number; wait: string }
  const steps = blockOf(here, 'do')
  local['tries'] ??= 0
  for (;;) {
    if (local['untilMs'] !== undefined) {
      await run.until(local['untilMs'] as number, () => false)
      delete local['untilMs']
    }
    try {
      await run.doSteps(steps, frame)
      run.forget(steps, frame)
      return { tries: (local['tries'] as number) + 1 }
    } catch (error) {
      const tries = (local['tries'] as number) + 1
      if (!(error instanceof StepFailure) || tries > times) throw error
      local['tries'] = tries
      local['untilMs'] = Math.round(run.now() + spreadMs(wait, tries, run.random()))
      run.reopen(steps, frame)
    }
  }
}

/** Doubled each time, and up to a quarter more or less, so that many do not come back at once. */
const spreadMs = (wait: string, tries: number, random: number) =>
  (durationMs(wait) ?? 0) * 2 ** (tries - 1) * (0.75 + random / 2)
