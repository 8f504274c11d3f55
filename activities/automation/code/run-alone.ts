import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { TooLate, within } from '#core/kernel/within.ts'
import type { CodeAsked } from './evaluate.ts'

/** Beyond the program's own time: the thread begins, and the engine looks at its clock. */
const SLACK_MS = 3_000
const THREAD_HEAP_MB_MAX = 64

type Answer = { readonly done: string } | { readonly failed: string }

/** Why a program gave nothing: what it threw, or that it took too much. */
export class CodeFailure extends Error {}

/** Runs a program in a thread of its own, which ends with it; a spinning one harms nobody. */
export async function runAlone(asked: CodeAsked): Promise<string> {
  const thread = new Worker(new URL('./main.ts', import.meta.url), {
    workerData: asked,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB_MAX },
  })
  try {
    const [answer] = await within(
      once(thread, 'message') as Promise<[Answer]>,
      asked.timeLimitMs + SLACK_MS,
    )
    if ('failed' in answer) throw new CodeFailure(answer.failed)
    return answer.done
  } catch (error) {
    if (error instanceof TooLate) throw new CodeFailure('It took too long.')
    throw error instanceof CodeFailure ? error : new CodeFailure('It took more than it may have.')
  } finally {
    await thread.terminate()
  }
}
