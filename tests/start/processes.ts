import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '#start/process/identity.ts'

const LOOK_EVERY_MS = 50
const TICKS_PER_SECOND = 100

/** Living processes that have this text in their environment, command or working folder. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && isAlive(pid))
    .filter((pid) => [of(pid, 'environ'), commandOf(pid), cwdOf(pid)].join('\n').includes(text))
}

/** The command line, empty when the process is gone meanwhile. */
export function commandOf(pid: number): string {
  return of(pid, 'cmdline').replaceAll('\0', ' ')
}

/** What the process and its ended children have used of the cores. */
export function cpuMs(pid: number): number {
  const stat = of(pid, 'stat')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return (ticks * 1000) / TICKS_PER_SECOND
}

/** Waits until it holds; the error says what there was instead. */
export async function until(holds: () => boolean, limitMs: number, otherwise: () => string) {
  const deadline = performance.now() + limitMs
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(otherwise())
    await sleep(LOOK_EVERY_MS)
  }
}

function of(pid: number, file: 'environ' | 'cmdline' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

function cwdOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}
