import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReadTally, Tally } from './tally.ts'

export type Step = {
  name: string
  /** An executable of node_modules/.bin. */
  command: string
  args: (report: string) => readonly string[]
  env?: Record<string, string>
  /** What has to be there first; gives more of the environment. */
  prepare?: () => Promise<Record<string, string>>
  /** The environment variable that tells the runner where its report goes. */
  reportVariable?: string
  tally: ReadTally
}

/** Runs one step and says how it went; output is shown as it comes, or only after a failure. */
export async function runStep(step: Step, live: boolean): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-run-'))
  const report = join(folder, 'report.json')
  const started = performance.now()
  try {
    const prepared = await step.prepare?.()
    const { exitCode, output } = await run(step, report, live, prepared)
    const tally = step.tally(exitCode, report)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    if (tally.failed > 0) console.log(output)
    console.log(`${tally.failed > 0 ? 'FAILED' : 'ok    '} ${step.name} (${seconds} s)`)
    return tally
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Finished = { exitCode: number; output: string }

function run(
  step: Step,
  report: string,
  live: boolean,
  prepared?: Record<string, string>,
): Promise<Finished> {
  const reportTo = step.reportVariable ? { [step.reportVariable]: report } : {}
  const child = spawn(join('node_modules', '.bin', step.command), step.args(report), {
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    env: { ...process.env, ...step.env, ...prepared, ...reportTo },
  })
  const pass = (signal: NodeJS.Signals) => child.kill(signal)
  process.once('SIGTERM', pass).once('SIGINT', pass)

  let output = ''
  child.stdout?.on('data', (text: Buffer) => (output += text.toString()))
  child.stderr?.on('data', (text: Buffer) => (output += text.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      process.off('SIGTERM', pass).off('SIGINT', pass)
      resolve({ exitCode: code ?? 1, output })
    })
  })
}
