import type { ActOrder } from '#core/contracts/flows/run.ts'
import type { Answer, Asked } from '#core/platform/egress/ask-outside.ts'
import { EgressError } from '#core/platform/egress/egress-error.ts'
import { recordEgressDenial } from './record-egress-denial.ts'
import { refuseStep } from './refuse-step.ts'
import type { ActTools } from './tools.ts'
import type { Home } from './home-of.ts'

/** A server that is away is asked so often, then the step has failed. */
const TRIES_MAX = 5

/** Asks a server outside as a flow: what is refused for good fails the step and is written down. */
export async function askForFlow(
  tools: ActTools,
  order: ActOrder,
  home: Home,
  asked: Asked,
): Promise<Answer> {
  try {
    return await tools.egress.ask(home.projectId, home.hosts, asked)
  } catch (error) {
    if (!(error instanceof EgressError)) throw error
    if (error.isDenial) await recordEgressDenial(tools, order, error)
    const isWorthATry = error.isPassing && (order.attempt ?? 1) < TRIES_MAX
    if (isWorthATry) throw error
    throw refuseStep(error.code, error.message)
  }
}
