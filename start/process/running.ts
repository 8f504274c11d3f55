import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
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
      write(file, { starter: starterName(), groups: groups() })
    },
  }
}

/** Which life of this process writes the list: the watcher acts for no other. */
export function starterName(): string {
  return `${process.pid} ${identity(process.pid)}`
}

/** Nothing when no starter has been here. */
export function readRunning(file: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Running
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Stops what a dead starter left behind. Those that are gone already are skipped. */
export async function stopLeftovers(file: string, starter?: string): Promise<void> {
  const running = readRunning(file)
  if (!running || (starter !== undefined && running.starter !== starter)) return
  for (const group of running.groups) await stopGroup(group)
}

/** The file is whole at any moment, also when we are killed meanwhile. */
function write(file: string, running: Running): void {
  const draft = `${file}.${process.pid}`
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(draft, JSON.stringify(running, null, 2))
  renameSync(draft, file)
}
