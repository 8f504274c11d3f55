import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { fromExitCode, fromPlaywright, fromVitest } from './tally.ts'

let report: string

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-tally-'))
  report = join(folder, 'report.json')
  return () => rmSync(folder, { recursive: true })
})

const write = (content: unknown) => writeFileSync(report, JSON.stringify(content))

test('a tool counts as one', () => {
  expect(fromExitCode(0, report)).toEqual({ passed: 1, failed: 0 })
  expect(fromExitCode(2, report)).toEqual({ passed: 0, failed: 1 })
})

test('the counts of vitest are taken as they are', () => {
  write({ numPassedTests: 12, numFailedTests: 3 })
  expect(fromVitest(1, report)).toEqual({ passed: 12, failed: 3 })
})

test('a run that fails without a failed test counts one', () => {
  write({ numPassedTests: 12, numFailedTests: 0 })
  expect(fromVitest(1, report)).toEqual({ passed: 12, failed: 1 })
})

test('a runner that leaves no report has failed, whatever it says', () => {
  expect(fromVitest(0, report)).toEqual({ passed: 0, failed: 1 })
  expect(fromPlaywright(0, report)).toEqual({ passed: 0, failed: 1 })
})

test('a flaky browser test is a failed one', () => {
  write({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 } })
  expect(fromPlaywright(1, report)).toEqual({ passed: 5, failed: 2 })
})
