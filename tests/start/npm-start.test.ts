import { once } from 'node:events'
import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { ports } from '#start/data/ports.ts'
import type { Started } from './launch.ts'
import { npmRun } from './launch.ts'
import { cpuMs } from './processes.ts'

/** Two cores have this in 10 s. The clock would measure what else the machine does. */
const SECOND_START_CPU_LIMIT_MS = 20_000
const RESTART = { timeout: 20_000, interval: 100 }

// What a person does on a fresh clone, with the data elsewhere so that theirs is left alone.
const folder = mkdtempSync(join(tmpdir(), 'projectflow-npm-start-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { web } = await ports(folder, ['web'])
const url = `http://127.0.0.1:${web}`

test('npm start ends with the ready line, after the lines a person needs', async () => {
  const started = await startAll()

  const lines = started.output().trim().split('\n')
  expect(lines.slice(-9).map((line) => line.slice(0, 30).trim())).toEqual([
    expect.stringMatching(/^Temporal UI {2}http:/),
    expect.stringMatching(/^Postgres {5}embedded/),
    expect.stringMatching(/^Redis {8}\S/),
    expect.stringMatching(/^Isolation {4}\S/),
    expect.stringMatching(/^Demo logins {2}owner@example/),
    expect.stringMatching(/^admin@example/),
    expect.stringMatching(/^member@example/),
    expect.stringMatching(/^viewer@example/),
    expect.stringMatching(/^ProjectFlow is ready at http:/),
  ])
  expect(await (await fetch(url)).text()).toContain('<div id="app">')
  expect(await logIn('owner')).toBe(200)
  await stop(started)
})

test('the second start is quick, finds the same data and mends what is killed', async () => {
  const started = await startAll()
  const used = started.processes().reduce((sum, pid) => sum + cpuMs(pid), 0)
  expect(used).toBeLessThan(SECOND_START_CPU_LIMIT_MS)
  expect(await logIn('viewer')).toBe(200)

  for (const name of ['api', 'worker', 'collab', 'temporal', 'redis', 'postgres']) {
    process.kill(started.component(name), 'SIGKILL')
    await started.says(`${name} ended (SIGKILL); it starts again in 0.25 s.`)
  }

  await vi.waitFor(async () => expect((await fetch(`${url}/ready`)).status).toBe(200), RESTART)
  await vi.waitFor(async () => expect(await logIn('member')).toBe(200), RESTART)
  await stop(started)
})

test('npm run dev is the same behind Vite, and a changed source restarts its server', async () => {
  const started = await startAll('dev')
  expect(await (await fetch(url)).text()).toContain('/@vite/client')
  expect(await logIn('admin')).toBe(200)
  expect((await fetch(`${url}/ready`)).status).toBe(200)
  expect(await (await fetch(`${url}/docs`)).text()).toContain('/api/v1/me')
  await once(new WebSocket(`${url.replace('http', 'ws')}/collab`), 'open')

  const now = new Date()
  utimesSync('collab/server.ts', now, now)
  await started.says('Change detected in')

  await stop(started)
})

async function startAll(script = 'start'): Promise<Started> {
  const started = npmRun(script, '.', { DATA_DIR: join(folder, 'data'), PORT: String(web) })
  onTestFinished(started.kill)
  await started.says('ProjectFlow is ready at')
  return started
}

async function stop(started: Started): Promise<void> {
  process.kill(-started.pids().npm, 'SIGINT')
  await started.ended
  await started.nothingLeft()
}

async function logIn(role: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${role}@example.com`, password: 'projectflow' }),
  })
  return response.status
}
