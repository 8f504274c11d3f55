import { readFileSync } from 'node:fs'
import { writeWhole } from '../data/write-whole.ts'
import type { Group } from './group.ts'
import { stopGroup } from './group.ts'
import { identity } from './identity.ts'

/** What a starter runs, in the order to stop it. */
export type Running = { starter: string; groups: readonly Group[] }

export type RunningList = {
  note: (name: string, group: Group | undefined) => void
  groups: () => readonly Group[]
}

/** Keeps the list of what this process runs in a file, for the watcher and the next start. */
export function runningList(file: string, stopOrder: readonly string[]): RunningList {
  const running = new Map<string, Group>()
  const place = ({ name }: Group) => stopOrder.indexOf(name)
  const groups = () => [...running.values()].sort((a, b) => place(a) - place(b))
  return {
    groups,
    note(name, group) {
      if (group) running.set(name, group)
      else running.delete(name)
      writeWhole(file, { starter: starterName(), groups: groups() })
    },
  }
}

/** Which life of this process writes the list: the watcher acts for no other. */
export function starterName(): string {
  return `${process.pid} ${identity(process.pid)}`
}

/** Nothing when no starter has been here, or the power was cut: that leaves nothing running. */
export function readRunning(file: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Running
  } catch (error) {
    const isAway = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (isAway || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Stops what a dead starter left behind. Those that are gone already are skipped. */
export async function stopLeftovers(file: string, starter?: string): Promise<void> {
  const running = readRunning(file)
  if (!running || (starter !== undefined && running.starter !== starter)) return
  for (const group of running.groups) await stopGroup(group)
}
