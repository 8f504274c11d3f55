import type { Act, RunState } from '#core/contracts/flows/run.ts'
import { CARDS_PER_RUN_MAX } from '#core/flows/limits.ts'
import { StepFailure } from '../nodes/failures.ts'
import { cardsOf } from './cards-of.ts'
import type { RunPorts } from './run-ports.ts'

/** Runs of before went on up to the limit, however many changes their last step made. */
const EXACT = 'exact-cards'

/** Keeps a run to the changes of cards it may make, also where several steps are done at once. */
export class CardLimit {
  readonly #state: RunState
  readonly #ports: Pick<RunPorts, 'patched'>
  /** As many as the acts that are under way may make. */
  #underWay = 0

  constructor(state: RunState, ports: Pick<RunPorts, 'patched'>) {
    this.#state = state
    this.#ports = ports
  }

  /**
   * Answers how many an act may make, which are its own until it is done or has failed. Refuses it
   * with `flow.cards_limit` where so many are not left.
   */
  take(asked: Act): number {
    const most = cardsOf(asked)
    if (this.#isOver(most)) throw new StepFailure('flow.cards_limit', this.#refusal(most))
    this.#underWay += most
    return most
  }

  done(most: number, cards: number): void {
    this.#underWay -= most
    this.#state.cards += cards
  }

  failed(most: number): void {
    this.#underWay -= most
    // Nobody knows how many of several were made before it failed.
    if (most > 1 && this.#ports.patched(EXACT)) this.#state.cards += most
  }

  #isOver(most: number): boolean {
    const isOver = most > this.#left()
    const wasOver = this.#state.cards >= CARDS_PER_RUN_MAX
    // Only where it matters does the history tell which of the two was followed.
    return isOver === wasOver || this.#ports.patched(EXACT) ? isOver : wasOver
  }

  #refusal(most: number): string {
    const room =
      most > 1 ? ` This step may make ${most}, and there is room for ${this.#left()}.` : ''
    return `A run changes cards ${CARDS_PER_RUN_MAX} times at most.${room} Go through fewer.`
  }

  #left(): number {
    return Math.max(0, CARDS_PER_RUN_MAX - this.#state.cards - this.#underWay)
  }
}
