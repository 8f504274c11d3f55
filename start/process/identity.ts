import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const PS_LIMIT_MS = 2_000

/**
 * Tells one life of a process id from the next: an id that was given to another process since
 * has another identity. Nothing when no such process lives; one that waits to be reaped is dead.
 */
export function identity(pid: number): string | undefined {
  return process.platform === 'linux' ? fromProc(pid)?.born : fromPs(pid, 'lstart=')
}

export function isAlive(pid: number): boolean {
  return identity(pid) !== undefined
}

/** The id of the parent, or nothing when the process is gone. */
export function parentOf(pid: number): number | undefined {
  if (process.platform === 'linux') return fromProc(pid)?.parent
  const parent = fromPs(pid, 'ppid=')
  return parent === undefined ? undefined : Number(parent)
}

/** The short name of the executable, such as `sh` or `node`. */
export function nameOf(pid: number): string | undefined {
  return process.platform === 'linux' ? fromProc(pid)?.name : fromPs(pid, 'comm=')
}

type Stat = { name: string; parent: number; born: string }

function fromProc(pid: number): Stat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name stands in brackets and may hold any character, so the fields start after the last.
    const end = stat.lastIndexOf(')')
    const fields = stat.slice(end + 2).split(' ')
    const [state, parent, born] = [fields[0], fields[1], fields[19]]
    if (state === 'Z' || state === 'X' || born === undefined) return undefined
    return { name: stat.slice(stat.indexOf('(') + 1, end), parent: Number(parent), born }
  } catch {
    return undefined
  }
}

function fromPs(pid: number, columns: string): string | undefined {
  try {
    const options = { encoding: 'utf8', timeout: PS_LIMIT_MS, stdio: 'pipe' } as const
    const line = execFileSync('ps', ['-o', columns, '-p', String(pid)], options).trim()
    return line === '' ? undefined : line
  } catch {
    return undefined
  }
}
