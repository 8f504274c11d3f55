import { asText } from '#core/flows/filters.ts'
import { Interrupted } from './failures.ts'
import type { Behaviour } from './node.ts'

export const stop: Behaviour = async (here, run) => {
  const as = here.step.with['as'] as 'done' | 'failed'
  const message = asText(run.fill(here.step.with['message'], here))
  throw new Interrupted({ kind: 'stopped', as, message })
}
