import type { Output, RunState } from '#core/contracts/flows/run.ts'
import { OUTPUT_BYTES_MAX, RUN_BYTES_MAX } from '#core/flows/limits.ts'
import { StepFailure } from '../nodes/failures.ts'

/** What a step gives, as plain data, if the run can remember so much. */
export function fitting(output: Output, state: RunState): Output {
  const text = JSON.stringify(output)
  if (text.length > OUTPUT_BYTES_MAX) {
    const message = `What a step gives may hold ${OUTPUT_BYTES_MAX / 1024} KB at most: ask for less.`
    throw new StepFailure('flow.output_too_large', message)
  }
  if (JSON.stringify(state).length + text.length > RUN_BYTES_MAX) {
    const message = `A run remembers ${RUN_BYTES_MAX / 1024} KB at most: let its steps give less.`
    throw new StepFailure('flow.output_too_large', message)
  }
  return JSON.parse(text) as Output
}
