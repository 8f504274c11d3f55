import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { within } from '#core/kernel/within.ts'
import type { Packed, PackAsked } from './thread/pack.ts'

const PACK_LIMIT_MS = 60_000
/** A text of many deletions can take a hundred times its size in memory: then the thread dies alone. */
const THREAD_HEAP_MB_MAX = 1_024

type Answer = { readonly done: Packed } | { readonly failed: string }

/** A thread that packs texts, one at a time, begun anew when it dies. */
export class Packer {
  #thread: Worker | null = null
  #last: Promise<unknown> = Promise.resolve()

  async pack(asked: PackAsked): Promise<Packed> {
    const turn = this.#last.then(() => this.#packNow(asked))
    this.#last = turn.catch(() => {})
    return await turn
  }

  /** What is being packed is given up; nothing is lost by that. */
  async close(): Promise<void> {
    await this.#thread?.terminate()
    await this.#last
  }

  async #packNow(asked: PackAsked): Promise<Packed> {
    const thread = (this.#thread ??= this.#begin())
    const answered = answerOf(thread)
    thread.postMessage(asked)
    const [answer] = await within(answered, PACK_LIMIT_MS).catch(async (error: unknown) => {
      // It is dead, or busy with this one for ever.
      this.#thread = null
      await thread.terminate()
      throw error
    })
    if ('failed' in answer) throw new Error(answer.failed)
    return answer.done
  }

  #begin(): Worker {
    const thread = new Worker(new URL('./thread/main.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB_MAX },
    })
    thread.on('error', () => (this.#thread = null))
    thread.unref()
    return thread
  }
}

/** Rejects when the thread ends without one. */
async function answerOf(thread: Worker): Promise<[Answer]> {
  const heard = new AbortController()
  const ended = once(thread, 'exit', heard).then(() => Promise.reject(new Error('It has ended.')))
  try {
    return await Promise.race([once(thread, 'message', heard) as Promise<[Answer]>, ended])
  } finally {
    heard.abort()
  }
}
