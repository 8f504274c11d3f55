import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ports } from '#start/data/ports.ts'
import { embeddedPostgres } from '#start/parts/postgres.ts'
import { supervisor } from '#start/process/supervisor.ts'

test('Postgres comes up when its old process id belongs to somebody else now', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-postgres-'))
  const lines: string[] = []
  const { keep, stop } = supervisor({
    file: join(folder, 'running.json'),
    stopOrder: ['postgres'],
    say: (line) => lines.push(line),
    giveUp: (why) => lines.push(why.message),
  })
  onTestFinished(async () => {
    await stop()
    rmSync(folder, { recursive: true })
  })
  const { postgres: port } = await ports(folder, ['postgres'])
  const options = { port, password: 'only-for-tests' }
  await embeddedPostgres(folder, options)
  const pidFile = join(folder, 'postgres', 'postmaster.pid')
  const somebody = spawn('sleep', ['1000'])
  onTestFinished(() => void somebody.kill())
  writeFileSync(pidFile, `${somebody.pid}\n${join(folder, 'postgres')}\n`)

  await keep(await embeddedPostgres(folder, options))

  expect(lines).toEqual([])
  expect(existsSync(pidFile)).toBe(true)
})
