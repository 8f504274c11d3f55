/** Runs the work when its turn comes; undefined when too many wait already. */
export type Turnstile = <Result>(work: () => Promise<Result>) => Promise<Result | undefined>

/** Lets so many works run at once; others wait in the order they came, up to `waitingMax`. */
export function turnstile(atOnceMax: number, waitingMax: number): Turnstile {
  const waiting: (() => void)[] = []
  let running = 0

  return async (work) => {
    if (running === atOnceMax) {
      if (waiting.length === waitingMax) return undefined
      // Whoever leaves hands its place on, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
