import { onPath } from '../process/on-path.ts'
import { run } from '../process/run.ts'
import { installCommand } from './install.ts'

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
export async function isolation(): Promise<string | undefined> {
  for (const { name, probe } of KINDS) {
    if (onPath(name) && (await works(name, probe))) return name
  }
  return undefined
}

/** One line for the terminal. Nothing weaker is ever chosen in silence. */
export function isolationLine(chosen: string | undefined): string {
  if (chosen) return `${chosen}, for browsers`
  const command = installCommand({ apt: 'bubblewrap', brew: 'podman' })
  return `none found, so no browser will be run; to have one: ${command}`
}

async function works(command: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(command, args, { limitMs: PROBE_LIMIT_MS })
    return true
  } catch {
    return false
  }
}
