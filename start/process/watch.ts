import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { starterName } from './running.ts'

const WATCHER = fileURLToPath(new URL('watcher.ts', import.meta.url))
/** Long enough that a watcher that cannot start does not keep the machine busy. */
const REPLACE_AFTER_MS = 500

/** Has a watcher stop what stands in `file` should we die; gives the way to send it away. */
export function watch(file: string): () => void {
  let watcher = start()
  let over = false

  function start(): ChildProcess {
    const child = spawn(process.execPath, [WATCHER, file, starterName()], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    child.once('exit', () => {
      if (!over) setTimeout(replace, REPLACE_AFTER_MS)
    })
    child.unref()
    return child
  }

  function replace(): void {
    if (!over) watcher = start()
  }

  return () => {
    over = true
    watcher.kill('SIGKILL')
  }
}
