import { run } from '../process/run.ts'

type Command = { command: string; args: readonly string[] }

const PROBE_LIMIT_MS = 2_000
const MAPPED = ['--user', '--map-user=1000', '--map-group=1000']

/**
 * The command in a form that Postgres accepts, which refuses to run as root.
 *
 * Root gets a user namespace in which it is user 1000: another user could not enter a clone in
 * root's own home, and giving that home away is not ours to do.
 */
export async function asNobodySpecial(command: string, args: readonly string[]): Promise<Command> {
  if (process.getuid?.() !== 0) return { command, args }
  try {
    await run('unshare', [...MAPPED, 'true'], { limitMs: PROBE_LIMIT_MS })
  } catch {
    throw new Error(
      'Postgres refuses to run as root, and this machine allows no user namespace: ' +
        'start as another user, or set DATABASE_URL.',
    )
  }
  return { command: 'unshare', args: [...MAPPED, command, ...args] }
}
