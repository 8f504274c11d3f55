import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identity } from '../process/identity.ts'

type Holder = { pid: number; born: string | undefined }

/**
 * Makes this process the only starter on the data folder, and gives the way to let it go. The
 * lock of a dead starter is taken over; that of one that lives is an error.
 */
export function lock(folder: string): () => void {
  const path = join(folder, 'lock')
  while (!create(path, { pid: process.pid, born: identity(process.pid) })) {
    const holder = read(path)
    if (holder && identity(holder.pid) === holder.born) {
      throw new Error(`ProjectFlow already runs on ${folder} (process ${holder.pid}).`)
    }
    rmSync(path, { force: true })
  }
  return () => rmSync(path, { force: true })
}

/** Creates the lock with its content in one step; false when there is one already. */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(holder))
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft)
  }
}

/** Nothing when the lock went away meanwhile, or was cut short by a power loss. */
function read(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return undefined
  }
}
