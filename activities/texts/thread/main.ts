import { parentPort } from 'node:worker_threads'
import { pack, type PackAsked } from './pack.ts'

/** The thread texts are packed in: one after the other, each answered with `{done}` or `{failed}`. */
parentPort!.on('message', (asked: PackAsked) => {
  try {
    parentPort!.postMessage({ done: pack(asked) })
  } catch (error) {
    parentPort!.postMessage({ failed: (error as Error).message })
  }
})
