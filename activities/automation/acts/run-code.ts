import { ApplicationFailure } from '@temporalio/common'
import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { OUTPUT_BYTES_MAX } from '#core/flows/limits.ts'
import { bodyOf } from '../body-of.ts'
import { inTurn, NoTurn } from '../code/in-turn.ts'
import { CodeFailure, runAlone } from '../code/run-alone.ts'
import { refuseStep } from '../refuse-step.ts'
import type { DoAct } from '../tools.ts'

const TIME_LIMIT_MS = 10_000
/** Programs that are over in a moment follow one another without being asked for again. */
const WAIT_MS = 300
/** Whoever tries a flow looks on. */
const TRY_WAIT_MS = 2_000

/** Runs a program of the flow by itself. It can be run again: it reaches nothing outside. */
export const runCode: DoAct = async (_, order) => {
  const { code, input } = bodyOf(nodes['code.run']!.params, order.with) as {
    code: string
    input: object
  }
  const waitMs = order.isTry ? TRY_WAIT_MS : WAIT_MS
  const text = await inTurn(order.flowId, waitMs, () =>
    runAlone({ code, input, timeLimitMs: TIME_LIMIT_MS }),
  ).catch((error: unknown) => {
    if (error instanceof CodeFailure) throw refuseStep('code.failed', error.message)
    if (error instanceof NoTurn) throw later(error.message)
    throw error
  })
  if (text.length > OUTPUT_BYTES_MAX) {
    throw refuseStep('flow.output_too_large', 'What a step gives may hold 64 KB: return less.')
  }
  return { output: { result: resultOf(text) }, cards: 0 }
}

const later = (message: string) =>
  ApplicationFailure.create({ message, type: 'code.no_turn', nextRetryDelay: '2 seconds' })

/** A program can close the function it stands in, and return something else in its place. */
function resultOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refuseStep('code.failed', 'It closes the function it stands in: write only its body.')
  }
}
