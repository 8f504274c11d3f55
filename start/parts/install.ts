import { createInterface } from 'node:readline/promises'
import { onPath } from '../process/on-path.ts'
import { runLong } from '../process/run.ts'
import { say } from '../say.ts'

/** The names of one thing in the package managers we know. */
export type Packages = { apt: string; brew: string }

const INSTALL_LIMIT_MS = 900_000
const ANSWER_LIMIT_MS = 120_000

/**
 * The service that comes with a package stays off: we run the program ourselves. The policy is
 * the means Debian has for that, and goes away again unless the machine had one before.
 */
const APT_SCRIPT = `
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  printf '#!/bin/sh\\nexit 101\\n' > $policy
  chmod +x $policy
  trap 'rm -f $policy' EXIT
fi
install() { apt-get install --yes --no-install-recommends "$1"; }
install "$1" || { apt-get update && install "$1"; } || exit 1
if [ -d /run/systemd/system ]; then systemctl disable "$1" 2>/dev/null || true; fi
`

/** The command a person would type. */
export function installCommand(packages: Packages): string {
  return process.platform === 'darwin'
    ? `brew install ${packages.brew}`
    : `apt-get install ${packages.apt}`
}

/** Package managers take one job at a time. */
let last: Promise<unknown> = Promise.resolve()

/** Installs when those before are done; see `installNow`. */
export async function install(packages: Packages): Promise<void> {
  const now = last.then(() => installNow(packages))
  last = now.catch(() => {})
  await now
}

/**
 * Installs with the package manager of the machine: as root without asking, else after a yes at
 * the terminal. Throws an error that holds the command when it may not or cannot.
 */
async function installNow(packages: Packages): Promise<void> {
  const command = installCommand(packages)
  if (process.env['PROJECTFLOW_INSTALL'] === '0') {
    throw new Error(`PROJECTFLOW_INSTALL=0 forbids to install it. Run: ${command}`)
  }
  const steps = installer(packages)
  if (!steps) throw new Error(`No package manager we know is here. It would be: ${command}`)
  if (process.getuid?.() !== 0 && !(await agreed(command))) {
    throw new Error(`It has to be installed first. Run: ${command}`)
  }
  say(`Running: ${command}`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runLong(steps.command, steps.args, { env, limitMs: INSTALL_LIMIT_MS })
}

function installer({ apt, brew }: Packages): { command: string; args: string[] } | undefined {
  if (onPath('brew')) return { command: 'brew', args: ['install', brew] }
  if (!onPath('apt-get')) return undefined
  const args = ['-c', APT_SCRIPT, 'install', apt]
  if (process.getuid?.() === 0) return { command: 'sh', args }
  return onPath('sudo') ? { command: 'sudo', args: ['sh', ...args] } : undefined
}

/** Nobody at the terminal is a no. */
async function agreed(command: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
    const answer = await terminal.question(`May I run "${command}"? [y/N] `, { signal })
    return /^y(es)?$/i.test(answer.trim())
  } catch {
    return false
  } finally {
    terminal.close()
  }
}
