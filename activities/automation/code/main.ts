import { parentPort, workerData } from 'node:worker_threads'
import { evaluate, type CodeAsked } from './evaluate.ts'

/** The thread one program runs in; it answers `{done}` or `{failed}` and is over. */
try {
  parentPort!.postMessage({ done: await evaluate(workerData as CodeAsked) })
} catch (error) {
  parentPort!.postMessage({ failed: (error as Error).message })
}
