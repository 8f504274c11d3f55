import { globSync } from 'node:fs'
import { chromium } from '#start/parts/chromium.ts'
import type { Step } from './step.ts'
import { fromExitCode, fromPlaywright, fromVitest } from './tally.ts'

type Stage = {
  name: string
  /** How many steps may run at once; a step that runs alone prints as it goes. */
  abreast: number
  steps: readonly Step[]
}

/** What a way back is there for. */
const TAKES_AWAY =
  '--exclude=ban-drop-table,ban-drop-column,require-lock-timeout,require-statement-timeout'

export const STAGES: readonly Stage[] = [
  {
    name: 'check',
    abreast: 2,
    steps: [
      vitest('unit tests', ['unit', 'ui', 'house']),
      tool('lint and types', 'oxlint'),
      tool('types of components', 'vue-tsc', '--project', 'ui'),
      tool('dead code', 'knip'),
      tool('format', 'oxfmt', '--check'),
      tool('migrations', 'squawk', ...globSync('migrations/*.up.sql')),
      tool('their ways back', 'squawk', TAKES_AWAY, ...globSync('migrations/*.down.sql')),
    ],
  },
  { name: 'test', abreast: 1, steps: [vitest('tests', ['db', 'workflow', 'start'])] },
  { name: 'e2e', abreast: 1, steps: [playwright()] },
  {
    name: 'chaos',
    abreast: 1,
    steps: [{ ...vitest('faults', ['chaos']), env: { CHAOS_SEEDS: '1' } }],
  },
]

/** A tool that says yes or no counts as one test. */
function tool(name: string, command: string, ...args: string[]): Step {
  return { name, command, args: () => args, tally: fromExitCode }
}

function vitest(name: string, projects: readonly string[]): Step {
  return {
    name,
    command: 'vitest',
    args: (report) => [
      'run',
      ...projects.map((project) => `--project=${project}`),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    tally: fromVitest,
  }
}

function playwright(): Step {
  return {
    name: 'end to end',
    command: 'playwright',
    args: () => ['test', '--config=tests/e2e/playwright.config.ts', '--reporter=list,json'],
    reportVariable: 'PLAYWRIGHT_JSON_OUTPUT_FILE',
    prepare: async () => ({ CHROMIUM_PATH: await chromium() }),
    tally: fromPlaywright,
  }
}
