import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Component } from '#start/process/component.ts'
import { isAlive } from '#start/process/identity.ts'
import { readRunning } from '#start/process/running.ts'
import type { Supervisor } from '#start/process/supervisor.ts'
import { supervisor } from '#start/process/supervisor.ts'
import { processesWith } from './processes.ts'

const WAIT = { timeout: 15_000, interval: 20 }

let folder: string
let file: string
let lines: string[]
let defeat: Error | undefined
let supervised: Supervisor

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'projectflow-supervisor-'))
  file = join(folder, 'running.json')
  lines = []
  defeat = undefined
  supervised = supervisor({
    file,
    stopOrder: ['first', 'second', 'third'],
    say: (line) => lines.push(line),
    giveUp: (why) => (defeat = why),
  })
  return async () => {
    await supervised.stop()
    rmSync(folder, { recursive: true })
  }
})

test('a component that is killed starts again, and one line says so', async () => {
  await supervised.keep(shell('first', 'exec sleep 1000'))
  const pid = pidOf('first')

  process.kill(pid, 'SIGKILL')

  await vi.waitFor(() => expect(pidOf('first')).not.toBe(pid), WAIT)
  expect(lines).toEqual(['first ended (SIGKILL); it starts again in 0.25 s.'])
})

test('keep waits until the probe fulfils', async () => {
  const ready = join(folder, 'ready')
  const component = shell('first', `sleep 0.2; touch ${ready}; exec sleep 1000`)
  await supervised.keep({
    ...component,
    ready: async () => {
      readFileSync(ready)
    },
  })
  expect(readFileSync(ready, 'utf8')).toBe('')
})

test('the fifth death within a minute is the last, and the log tells why', async () => {
  const broken = { ...shell('first', 'echo the disk is full; exit 3'), ready: never }

  await expect(supervised.keep(broken)).rejects.toThrow(
    'first ended 5 times within 60 s (exit code 3)',
  )

  expect(defeat?.message).toContain('the disk is full')
  expect(lines).toHaveLength(4)
})

test('a component that cannot be started at all is a death too', async () => {
  const missing = { ...shell('first', ''), command: join(folder, 'not-there'), ready: never }
  await expect(supervised.keep(missing)).rejects.toThrow('ENOENT')
})

test('one that never becomes usable is killed and tried again', async () => {
  const deaf = { ...shell('first', 'exec sleep 1000'), ready: never, readyLimitMs: 100 }
  await expect(supervised.keep(deaf)).rejects.toThrow('ended 5 times')
  expect(lines).toContain('first was not usable within 0.1 s.')
})

test('stop follows its order', async () => {
  const log = join(folder, 'stops')
  const noting = (name: string) =>
    shell(name, `trap 'echo ${name} >> ${log}; exit' TERM; while :; do sleep 0.05; done`)
  await Promise.all(['third', 'first', 'second'].map((name) => supervised.keep(noting(name))))

  await supervised.stop()

  expect(readFileSync(log, 'utf8')).toBe('first\nsecond\nthird\n')
  expect(readRunning(file)?.groups).toEqual([])
})

test('one that does not stop when asked is killed after its limit, with its children', async () => {
  const child = join(folder, 'child')
  writeFileSync(child, '')
  const stubborn = shell('first', `trap '' TERM; sleep 1000 & echo $! > ${child}; wait; wait`)
  await supervised.keep({ ...stubborn, stopLimitMs: 200 })
  await vi.waitFor(() => expect(readFileSync(child, 'utf8')).toMatch(/\d/), WAIT)
  const pids = [pidOf('first'), Number(readFileSync(child, 'utf8'))]

  await supervised.stop()

  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), WAIT)
})

test('a watcher that is killed is replaced', async () => {
  await vi.waitFor(() => expect(watchers()).toHaveLength(1), WAIT)
  const [watcher = 0] = watchers()

  process.kill(watcher, 'SIGKILL')

  await vi.waitFor(() => {
    expect(watchers()).not.toContain(watcher)
    expect(watchers()).toHaveLength(1)
  }, WAIT)
})

function shell(name: string, script: string): Component {
  return {
    name,
    command: 'sh',
    args: ['-c', script],
    ready: () => Promise.resolve(),
    readyLimitMs: 10_000,
    stopSignal: 'SIGTERM',
    stopLimitMs: 5_000,
    log: join(folder, `${name}.log`),
  }
}

const never = () => Promise.reject(new Error('not yet'))

function pidOf(name: string): number {
  return readRunning(file)?.groups.find((group) => group.name === name)?.pid ?? 0
}

const watchers = () => processesWith(`watcher.ts ${file}`)
