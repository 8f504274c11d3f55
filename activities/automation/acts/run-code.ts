import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { OUTPUT_BYTES_MAX } from '#core/flows/limits.ts'
import { bodyOf } from '../body-of.ts'
import { CodeFailure, runAlone } from '../code/run-alone.ts'
import { refuseStep } from '../refuse-step.ts'
import type { DoAct } from '../tools.ts'

const TIME_LIMIT_MS = 10_000

/** Runs a program of the flow by itself. It can be run again: it reaches nothing outside. */
export const runCode: DoAct = async (_, order) => {
  const { code, input } = bodyOf(nodes['code.run']!.params, order.with) as {
    code: string
    input: object
  }
  const text = await runAlone({ code, input, timeLimitMs: TIME_LIMIT_MS }).catch(
    (error: unknown) => {
      if (error instanceof CodeFailure) throw refuseStep('code.failed', error.message)
      throw error
    },
  )
  if (text.length > OUTPUT_BYTES_MAX) {
    throw refuseStep('flow.output_too_large', 'What a step gives may hold 64 KB: return less.')
  }
  return { output: { result: JSON.parse(text) as unknown }, cards: 0 }
}
