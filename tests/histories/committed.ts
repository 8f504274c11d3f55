import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = import.meta.dirname

/** One line for each committed history, as sha256sum writes and checks them. */
export const SUMS = join(FOLDER, 'SHA256SUMS')

/** A history as it was recorded. */
export interface Recorded {
  /** `cardActions/single-move.json`: the workflow's type is the folder. */
  readonly path: string
  readonly workflow: string
  readonly text: string
  readonly sha256: string
}

export function recordedHistories(): Recorded[] {
  return globSync('*/*.json', { cwd: FOLDER })
    .sort()
    .map((path) => {
      const text = readFileSync(join(FOLDER, path), 'utf8')
      const sha256 = createHash('sha256').update(text).digest('hex')
      return { path, workflow: path.split('/')[0]!, text, sha256 }
    })
}

/** The sums as they were written when each history was recorded, by path. */
export function recordedSums(): Record<string, string> {
  const lines = existsSync(SUMS) ? readFileSync(SUMS, 'utf8').trimEnd().split('\n') : []
  return Object.fromEntries(lines.map((line) => line.split('  ').reverse() as [string, string]))
}
