import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FOR_OTHERS = 0o077

/**
 * A folder for temporary files of all our processes on this machine, so that one finds what another
 * that was killed has left. Throws when somebody else has made it first, or may look into it.
 */
export function sharedFolder(name: string): string {
  const uid = process.getuid!()
  const path = join(tmpdir(), `${name}-${uid}`)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const found = lstatSync(path)
  if (found.isDirectory() && found.uid === uid && (found.mode & FOR_OTHERS) === 0) return path
  throw new Error(`${path} is open to others. Remove it, or name another folder in TMPDIR.`)
}
