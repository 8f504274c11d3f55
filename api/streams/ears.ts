import type { Redis } from 'ioredis'
import type { Log } from '#core/platform/log.ts'
import { subscribe } from '#core/platform/subscribe.ts'

/**
 * Hears over Redis that something happened to a thing, for those who are told of it as it happens.
 * A channel is listened to from when somebody first asks. What is not heard is found by looking, so
 * nobody waits for Redis.
 */
export class Ears {
  readonly #url: string
  readonly #log: Log
  readonly #open = new Map<string, Redis>()
  readonly #waiting = new Map<string, Set<() => void>>()

  constructor(url: string, log: Log) {
    this.#url = url
    this.#log = log
  }

  /** Resolves when the channel names `id`, after so long at the latest, or when `signal` aborts. */
  async heard({ name, idOf }: Channel, id: string, limitMs: number, signal: AbortSignal) {
    this.#listen(name, idOf)
    const key = `${name} ${id}`
    const waiting = this.#waiting.get(key) ?? new Set()
    this.#waiting.set(key, waiting)
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        waiting.delete(done)
        if (waiting.size === 0) this.#waiting.delete(key)
        resolve()
      }
      const timer = setTimeout(done, limitMs)
      waiting.add(done)
      if (signal.aborted) done()
      else signal.addEventListener('abort', done)
    })
  }

  stop(): void {
    for (const redis of this.#open.values()) redis.disconnect()
  }

  #listen(name: string, idOf: Channel['idOf']): void {
    if (this.#open.has(name)) return
    const hear = (message: string) => {
      for (const wake of this.#waiting.get(`${name} ${idOf(message)}`) ?? []) wake()
    }
    this.#open.set(name, subscribe(this.#url, name, hear, this.#log))
  }
}

export interface Channel {
  readonly name: string
  /** The thing a message is about. */
  idOf(message: string): string
}
