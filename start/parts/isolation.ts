import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onPath } from '../process/on-path.ts'
import { run } from '../process/run.ts'
import { progress, say } from '../say.ts'
import { install, installCommand, type Packages } from './install.ts'

export const ISOLATION_PACKAGES: Packages = { apt: 'bubblewrap', brew: 'podman' }

const PROBE_LIMIT_MS = 5_000

/** What can hold a browser, the strongest first, each with a command that proves it works. */
const KINDS = [
  { name: 'podman', probe: ['info', '--format={{.Host.OCIRuntime.Name}}'] },
  { name: 'docker', probe: ['info', '--format={{.ServerVersion}}'] },
  {
    name: 'bwrap',
    probe: ['--ro-bind', '/', '/', '--unshare-all', '--die-with-parent', 'true'],
  },
]

/** How browsers are kept apart from the machine, or nothing where no means works. */
export async function findIsolation(): Promise<string | undefined> {
  for (const { name, probe } of KINDS) {
    if (onPath(name) && (await works(name, probe))) return name
  }
  return undefined
}

/**
 * One line for the terminal: what holds browsers here, installed when root starts us and nothing
 * does. Nothing weaker is ever chosen in silence.
 */
export async function isolationLine(folder: string): Promise<string> {
  const found = (await findIsolation()) ?? ((await bring(folder)) && (await findIsolation()))
  if (found) return `${found}, for browsers`
  const command = installCommand(ISOLATION_PACKAGES)
  return `none found, so no browser will be run; to have one: ${command}`
}

/**
 * Only as root, because nothing needs it so much that a person should be asked; and once for each
 * installation, because a machine without a network should not try at every start.
 */
async function bring(folder: string): Promise<boolean> {
  const tried = join(folder, 'isolation-was-tried')
  if (process.getuid?.() !== 0 || onPath('bwrap') || existsSync(tried)) return false
  try {
    await progress('installing bubblewrap', () => install(ISOLATION_PACKAGES))
    return true
  } catch (error) {
    say((error as Error).message)
    return false
  } finally {
    writeFileSync(tried, '')
  }
}

async function works(command: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(command, args, { limitMs: PROBE_LIMIT_MS })
    return true
  } catch {
    return false
  }
}
