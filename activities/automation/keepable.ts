import { isDeeper } from '#core/contracts/flows/check-shape.ts'
import { OUTPUT_DEPTH_MAX } from '#core/flows/limits.ts'
import { asJsonb } from './as-jsonb.ts'
import { refuseStep } from './refuse-step.ts'

/** What a step gives, as the run and the tables can keep it; refuses what is nested too deep. */
export function keepable<Value>(given: Value): Value {
  if (!isDeeper(given, OUTPUT_DEPTH_MAX)) return JSON.parse(asJsonb(given)) as Value
  const message = `What a step gives may have ${OUTPUT_DEPTH_MAX} brackets within brackets: let it give something flatter.`
  throw refuseStep('flow.output_too_large', message)
}
