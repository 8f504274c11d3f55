import { setTimeout as sleep } from 'node:timers/promises'

const HEARD_LIMIT_MS = 10_000

export interface Crowd {
  readonly boards: number
  readonly viewers: number
  readonly news: number
  readonly everyMs: number
}

/** How long each piece of news took to each viewer. */
export class Deliveries {
  readonly tookMs: number[] = []
  readonly #saidMs = new Map<number, number[]>()

  said(board: number): void {
    this.#saidMs.set(board, [...(this.#saidMs.get(board) ?? []), performance.now()])
  }

  /** What somebody who looks at a board says with each message: how many of the news it told. */
  ofViewer(board: number): (count: number) => void {
    let next = 0
    return (count) => {
      const nowMs = performance.now()
      const some = this.#saidMs.get(board)?.slice(next, next + count) ?? []
      next += some.length
      for (const saidMs of some) this.tookMs.push(nowMs - saidMs)
    }
  }

  /** One piece of news after the other, until all were heard by everybody. */
  async of({ boards, viewers, news, everyMs }: Crowd, say: (board: number) => Promise<void>) {
    for (let count = 0; count < news; count += 1) {
      await Promise.all([say(count % boards), sleep(everyMs)])
    }
    const untilMs = Date.now() + HEARD_LIMIT_MS
    while (this.tookMs.length < news * viewers && Date.now() < untilMs) await sleep(everyMs)
    const missing = news * viewers - this.tookMs.length
    if (missing !== 0) throw new Error(`${missing} of the news were not heard.`)
  }
}
