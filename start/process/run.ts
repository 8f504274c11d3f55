import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

type Options = { env?: NodeJS.ProcessEnv; limitMs: number; signal?: AbortSignal }

const LEASH = fileURLToPath(new URL('leash.ts', import.meta.url))
const OUTPUT_LIMIT_CHARACTERS = 20_000

/** Runs a command of seconds to its end and gives its output; throws with that when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  { env, limitMs }: Options,
): Promise<string> {
  const options = { env: { ...process.env, ...env }, timeout: limitMs }
  return await outputOf(spawn(command, args, options), command)
}

/** The same for a command of minutes: it and its children end with us, also by kill -9. */
export async function runLong(
  command: string,
  args: readonly string[],
  { env, limitMs, signal }: Options,
): Promise<string> {
  const child = spawn(process.execPath, [LEASH, command, ...args], {
    detached: true,
    env: { ...process.env, ...env },
    timeout: limitMs,
    ...(signal && { signal }),
  })
  return await outputOf(child, [command, ...args].join(' '))
}

async function outputOf(child: ChildProcessWithoutNullStreams, label: string): Promise<string> {
  let output = ''
  const take = (text: Buffer) => {
    output = (output + text.toString()).slice(-OUTPUT_LIMIT_CHARACTERS)
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  child.once('error', reject)
  child.once('close', (code, signal) => {
    if (code === 0) resolve(output)
    else reject(new Error(`${label} failed (${signal ?? `exit code ${code}`}).\n${output}`))
  })
  return promise
}
