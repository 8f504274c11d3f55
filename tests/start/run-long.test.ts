import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runLong } from '#start/process/run.ts'
import { commandOf, processesWith, until } from './processes.ts'

const GONE_LIMIT_MS = 10_000

test('a long command gives its output', async () => {
  expect(await runLong('sh', ['-c', 'echo fine'], { limitMs: 10_000 })).toBe('fine\n')
})

test('a failure says what the command said', async () => {
  const failing = runLong('sh', ['-c', 'echo no space left; exit 3'], { limitMs: 10_000 })
  await expect(failing).rejects.toThrow('failed (exit code 3).\nno space left')
})

test('when its time is up it ends with its children', async () => {
  const mark = randomUUID()
  const options = { env: { MARK_OF_TEST: mark }, limitMs: 1_000 }
  await expect(runLong('sh', ['-c', 'sleep 1000 & wait'], options)).rejects.toThrow('failed')
  await nothingLeftOf(mark)
})

test('when the starter is killed it ends with its children', async () => {
  const mark = randomUUID()
  const starter = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/long.ts')], {
    env: { ...process.env, MARK_OF_TEST: mark },
    stdio: 'ignore',
  })
  const sleeps = () => processesWith(mark).some((pid) => commandOf(pid).startsWith('sleep'))
  await until(sleeps, GONE_LIMIT_MS, () => 'It did not begin.')

  starter.kill('SIGKILL')

  await nothingLeftOf(mark)
})

async function nothingLeftOf(mark: string): Promise<void> {
  const left = () => processesWith(mark)
  await until(
    () => left().length === 0,
    GONE_LIMIT_MS,
    () => left().map(commandOf).join('\n'),
  )
}
