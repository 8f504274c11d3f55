import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lock } from './data/lock.ts'
import type { Component } from './process/component.ts'
import { whenOrphaned } from './process/orphaned.ts'
import { stopLeftovers } from './process/running.ts'
import { supervisor } from './process/supervisor.ts'
import { say } from './say.ts'

export type Stage = {
  /** Where all data of this installation is. */
  folder: string
  /** Keeps a component alive until we are told to stop. */
  keep: (component: Component) => Promise<void>
}

export const STOP_ORDER = ['ui', 'api', 'collab', 'worker', 'temporal', 'redis', 'postgres']

/** npm passes on the Ctrl-C that the terminal has sent us already: that is one, not two. */
const SAME_CTRL_C_MS = 500
const INTERRUPTED = 130

/**
 * Plays the story of a start, then keeps its components alive until Ctrl-C, SIGTERM, the end of
 * npm, or a component that cannot be kept alive. Then all is stopped in order, and we exit.
 */
export async function lifecycle(story: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = resolve(process.env['DATA_DIR'] ?? '.data')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const release = lockOrExit(folder)
  const file = join(folder, 'running.json')
  await stopLeftovers(file)

  const giveUp = (why: Error) => void end(1, why.message)
  const { keep, stop, kill } = supervisor({ file, stopOrder: STOP_ORDER, say, giveUp })

  let ending: number | undefined
  async function end(exitCode: number, why: string): Promise<void> {
    if (ending !== undefined) return
    ending = performance.now()
    say(`${why}\nStopping.`)
    await stop()
    release()
    say('All is stopped.')
    process.exit(exitCode)
  }
  function interrupt(): void {
    if (ending === undefined) return void end(0, '')
    if (performance.now() - ending < SAME_CTRL_C_MS) return
    say('Stopping at once.')
    kill()
    release()
    process.exit(INTERRUPTED)
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', () => void end(0, ''))
  process.on('SIGHUP', () => void end(0, ''))
  whenOrphaned(() => void end(1, 'npm is gone.'))

  try {
    await story({ folder, keep })
  } catch (error) {
    await end(1, (error as Error).message)
  }
}

function lockOrExit(folder: string): () => void {
  try {
    return lock(folder)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
