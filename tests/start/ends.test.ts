import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { ports } from '#start/data/ports.ts'
import { isAlive } from '#start/process/identity.ts'
import type { Started } from './launch.ts'
import { npmRun, packageFor } from './launch.ts'
import { processesWith } from './processes.ts'

// One folder for all: each start finds what the end before it left behind.
const folder = packageFor(join(import.meta.dirname, 'fixtures/story.ts'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** npm passes Ctrl-C on, so two within half a second are taken for one. */
const LATER_MS = 700

const ENDS: [string, (started: Started) => void][] = [
  ['Ctrl-C at the terminal', ({ pids }) => process.kill(-pids().npm, 'SIGINT')],
  ['SIGTERM to npm', ({ pids }) => process.kill(pids().npm, 'SIGTERM')],
  ['SIGTERM to the starter', ({ pids }) => process.kill(pids().starter, 'SIGTERM')],
  ['kill -9 of npm', ({ pids }) => process.kill(pids().npm, 'SIGKILL')],
  ['kill -9 of the shell npm runs', ({ pids }) => process.kill(pids().shell, 'SIGKILL')],
  ['kill -9 of the starter', ({ pids }) => process.kill(pids().starter, 'SIGKILL')],
]

test.each(ENDS)('%s leaves no process behind, and the next start works', async (_, end) => {
  const started = await startAll()
  await countStart(started)
  // npm, its shell, the starter, its watcher, four components and what Postgres is made of.
  expect(started.processes().length).toBeGreaterThan(12)

  end(started)

  await started.ended
  await started.nothingLeft()
})

test('a second Ctrl-C does not wait for who takes its time', async () => {
  const started = await startAll({ STUBBORN: '1' })
  const { npm } = started.pids()

  process.kill(-npm, 'SIGINT')
  await started.says('Stopping.')
  await sleep(LATER_MS)
  process.kill(-npm, 'SIGINT')

  await started.says('Stopping at once.')
  await started.ended
  await started.nothingLeft()
})

test('the next start stops what starter and watcher, killed together, have left', async () => {
  const started = await startAll()
  const [watcher = 0] = processesWith(`watcher.ts ${join(folder, '.data')}`)
  const temporal = started.component('temporal')

  process.kill(watcher, 'SIGKILL')
  process.kill(started.pids().starter, 'SIGKILL')
  await started.ended
  expect(isAlive(temporal)).toBe(true)

  const next = await startAll()
  expect(isAlive(temporal)).toBe(false)
  process.kill(next.pids().starter, 'SIGTERM')
  await started.nothingLeft()
})

test('what was written survived all of it', async () => {
  const started = await startAll()

  expect(await countStart(started)).toBe(ENDS.length + 1)

  process.kill(started.pids().starter, 'SIGTERM')
  expect(await started.ended).toBe(0)
  await started.nothingLeft()
})

async function startAll(environment: Record<string, string> = {}): Promise<Started> {
  const { web } = await ports(folder, ['web'])
  const started = npmRun('start', folder, { ...environment, PORT: String(web) })
  onTestFinished(started.kill)
  await started.says('ProjectFlow is ready at')
  return started
}

/** Writes a row for this start and gives how many there are. */
async function countStart({ output }: Started): Promise<number> {
  const url = /Database (\S+)/.exec(output())?.[1]
  const client = new pg.Client(url)
  await client.connect()
  await client.query('CREATE TABLE IF NOT EXISTS starts (at timestamptz DEFAULT now())')
  await client.query('INSERT INTO starts DEFAULT VALUES')
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::int FROM starts')
  await client.end()
  return rows[0]?.count ?? 0
}
