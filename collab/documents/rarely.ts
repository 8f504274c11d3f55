/** After something dear there is time for everybody else, so many times as long as it took. */
const REST_TIMES = 10

/** It was done a moment ago; whoever hears this comes back later. */
export class TooSoon extends Error {}

/** Does what keeps a whole process waiting, and not again before all others had their turn. */
export class Rarely {
  #restsUntilMs = 0

  /** Throws `TooSoon` instead of doing it while the process rests from the last time. */
  do<Result>(act: () => Result): Result {
    const startMs = performance.now()
    if (startMs < this.#restsUntilMs) throw new TooSoon()
    try {
      return act()
    } finally {
      const endMs = performance.now()
      this.#restsUntilMs = endMs + (endMs - startMs) * REST_TIMES
    }
  }
}
