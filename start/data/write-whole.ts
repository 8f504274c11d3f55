import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const ANYBODY = 0o666

/** Writes a file that is whole at any moment, also when we are killed or the power is cut. */
export function writeWhole(path: string, content: unknown, mode = ANYBODY): void {
  const draft = `${path}.${process.pid}`
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(draft, JSON.stringify(content, null, 2), { mode, flush: true })
  renameSync(draft, path)
}
