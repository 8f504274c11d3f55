import type { Output } from '#core/contracts/flows/run.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { CardLimit } from './card-limit.ts'
import type { RunParts } from './run-parts.ts'

/** What a run has done by others, under keys of its own and within its limit of cards. */
export class RunActs {
  readonly #run: Pick<RunParts, 'input' | 'ports'>
  readonly #limit: CardLimit

  constructor({ input, ports, state }: Pick<RunParts, 'input' | 'ports' | 'state'>) {
    this.#run = { input, ports }
    this.#limit = new CardLimit(state, ports)
  }

  async act(key: string, step: Pick<Step, 'id' | 'type' | 'with' | 'label'>): Promise<Output> {
    const { ports, input } = this.#run
    const { id: stepId, type, label = stepId } = step
    const asked = { key: `${input.runId}/${key}`, stepId, type, with: step.with, label }
    const most = this.#limit.take(asked)
    try {
      const { output, cards } = await ports.act(asked)
      this.#limit.done(most, cards)
      return output
    } catch (error) {
      this.#limit.failed(most)
      throw error
    }
  }
}
