import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

export type Tally = { passed: number; failed: number }

/** Turns what a step left behind into counts. */
export type ReadTally = (exitCode: number, report: string) => Tally

const VitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() })

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
})

export const fromExitCode: ReadTally = (exitCode) =>
  exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }

export const fromVitest: ReadTally = (exitCode, report) => {
  if (!existsSync(report)) return fromExitCode(exitCode || 1, report)
  const { numPassedTests, numFailedTests } = VitestReport.parse(read(report))
  return honest(exitCode, { passed: numPassedTests, failed: numFailedTests })
}

/** A flaky test is one that failed: it is a fault to find, not a nuisance to run again. */
export const fromPlaywright: ReadTally = (exitCode, report) => {
  if (!existsSync(report)) return fromExitCode(exitCode || 1, report)
  const { expected, unexpected, flaky } = PlaywrightReport.parse(read(report)).stats
  return honest(exitCode, { passed: expected, failed: unexpected + flaky })
}

function read(report: string): unknown {
  return JSON.parse(readFileSync(report, 'utf8'))
}

/** A runner can fail without a failed test (a file that does not load, a leaked handle). */
function honest(exitCode: number, tally: Tally): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}
