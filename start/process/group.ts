import { setTimeout as sleep } from 'node:timers/promises'
import { identity } from './identity.ts'

/** A process group led by `pid`: a component and whatever it started. */
export type Group = {
  name: string
  pid: number
  /** Which life of `pid` is meant, so that nobody else is ever hit. */
  born: string
  stopSignal: NodeJS.Signals
  /** How long it may take to stop by itself. */
  stopLimitMs: number
}

const LOOK_EVERY_MS = 20
/** A killed process is gone as soon as the kernel finds the time. */
const KILL_LIMIT_MS = 2_000

/** Asks the group to stop, kills what is left of it after its limit, and waits until it is gone. */
export async function stopGroup(group: Group): Promise<void> {
  if (lives(group)) signal(group, group.stopSignal)
  const stopped = await untilGone(group, group.stopLimitMs)
  killGroup(group)
  if (!stopped) await untilGone(group, KILL_LIMIT_MS)
}

/** Kills the group, also when its leader is gone and has left somebody behind. */
export function killGroup(group: Group): void {
  const now = identity(group.pid)
  if (now === undefined || now === group.born) signal(group, 'SIGKILL')
}

function lives({ pid, born }: Group): boolean {
  return identity(pid) === born
}

async function untilGone(group: Group, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs
  while (lives(group)) {
    if (performance.now() > deadline) return false
    await sleep(LOOK_EVERY_MS)
  }
  return true
}

function signal({ pid }: Group, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
