interface Waiter {
  readonly atMs: number
  readonly ready: () => boolean
  readonly resolve: () => void
}

/** Monday. */
const BEGINNING_MS = Date.UTC(2026, 0, 5, 9)

/** Time that goes on when nothing else does: a year of waiting is over at once. */
export class VirtualClock {
  nowMs = BEGINNING_MS
  #waiters: Waiter[] = []

  wait(ms: number, ready: () => boolean = () => false): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiters.push({ atMs: this.nowMs + ms, ready, resolve })
    return promise
  }

  /** Lets time go on until the promise is settled; throws when nothing would ever happen. */
  async until<Value>(work: Promise<Value>): Promise<Value> {
    let isSettled = false
    const settled = work.finally(() => (isSettled = true))
    settled.catch(() => {})
    for (;;) {
      await new Promise(setImmediate)
      if (isSettled) return await settled
      this.#wake()
    }
  }

  #wake(): void {
    if (this.#release(({ ready }) => ready())) return
    if (this.#waiters.length === 0) throw new Error('Nothing will ever happen.')
    this.nowMs = Math.max(this.nowMs, Math.min(...this.#waiters.map(({ atMs }) => atMs)))
    this.#release(({ atMs }) => atMs <= this.nowMs)
  }

  #release(isDue: (waiter: Waiter) => boolean): boolean {
    const due = this.#waiters.filter(isDue)
    this.#waiters = this.#waiters.filter((each) => !due.includes(each))
    for (const { resolve } of due) resolve()
    return due.length > 0
  }
}
