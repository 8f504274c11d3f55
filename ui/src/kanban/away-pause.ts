import { backoffMs } from '../shell/backoff.ts'

const AWAY_WAIT_MIN_MS = 400
const AWAY_WAIT_MAX_MS = 15_000

/** The pause between two tries while the server, or the network, does not answer. */
export class AwayPause {
  readonly #isOver: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  /** How often in a row the server was away. */
  #failures = 0

  constructor(isOver: () => void) {
    this.#isOver = isOver
  }

  get isAway(): boolean {
    return this.#failures > 0
  }

  get isOn(): boolean {
    return this.#timer !== undefined
  }

  /** Longer each time, and at least as long as the server has asked for. */
  begin(waitMs: number): void {
    const ownMs = backoffMs(this.#failures, AWAY_WAIT_MIN_MS, AWAY_WAIT_MAX_MS)
    this.#failures += 1
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#isOver, Math.max(waitMs, ownMs))
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  answered(): void {
    this.#failures = 0
  }
}
