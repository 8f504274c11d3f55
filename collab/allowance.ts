/** What somebody may take: so much at once, and so much more each second. */
export class Allowance {
  readonly #atOnceMax: number
  readonly #perSecondMax: number
  #left: number
  #atMs = Date.now()

  constructor(atOnceMax: number, perSecondMax: number) {
    this.#atOnceMax = atOnceMax
    this.#perSecondMax = perSecondMax
    this.#left = atOnceMax
  }

  /** Whether so much more may be taken now. */
  takes(amount: number, nowMs = Date.now()): boolean {
    const gained = ((nowMs - this.#atMs) / 1_000) * this.#perSecondMax
    this.#left = Math.min(this.#atOnceMax, this.#left + gained) - amount
    this.#atMs = nowMs
    return this.#left >= 0
  }
}
