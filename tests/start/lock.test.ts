import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { lock } from '#start/data/lock.ts'
import { ports } from '#start/data/ports.ts'
import { secrets } from '#start/data/secrets.ts'
import { readRunning } from '#start/process/running.ts'

const START_LIMIT_MS = 20_000

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'projectflow-data-'))
  return () => rmSync(folder, { recursive: true })
})

test('a second start on the same data says so and ends', () => {
  const release = lock(folder)

  const { status, stderr } = start({ DATA_DIR: folder })

  expect(stderr).toContain(`ProjectFlow already runs on ${folder} (process ${process.pid}).`)
  expect(status).toBe(1)
  release()
  expect(existsSync(join(folder, 'lock'))).toBe(false)
})

test.each([
  ['of a process that is gone', JSON.stringify({ pid: 2 ** 22, born: '1' })],
  ['whose process id was given to another', JSON.stringify({ pid: process.pid, born: '1' })],
  ['that was cut short', '{"pid":'],
])('a lock %s is taken over', (_, content) => {
  writeFileSync(join(folder, 'lock'), content)
  lock(folder)()
  expect(existsSync(join(folder, 'lock'))).toBe(false)
})

test('a port that is taken is said, with the way out', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const server = createServer().listen(0, '127.0.0.1', resolve)
  await promise
  const { port } = server.address() as AddressInfo

  const { status, stdout } = start({ DATA_DIR: folder, PORT: String(port) })

  expect(stdout).toContain(`Port ${port} is taken.`)
  expect(status).toBe(1)
  server.close()
})

test('demo passwords never meet production', () => {
  const { status, stderr } = start({ DATA_DIR: folder, NODE_ENV: 'production' })
  expect(stderr).toContain('not with NODE_ENV=production')
  expect(status).toBe(1)
})

test('ports stay the same from start to start while they are free', async () => {
  const first = await ports(folder, ['one', 'two'])
  expect(await ports(folder, ['one', 'two', 'three'])).toMatchObject(first)

  const { promise, resolve } = Promise.withResolvers<void>()
  const server = createServer().listen(first.one, '127.0.0.1', resolve)
  await promise
  const later = await ports(folder, ['one', 'two'])
  expect(later.two).toBe(first.two)
  expect(later.one).not.toBe(first.one)
  server.close()
})

test.each(['', '{"one":', '{"one":0}'])(
  'ports cut short by a power cut are chosen anew: %s',
  async (cut) => {
    writeFileSync(join(folder, 'ports.json'), cut)
    const chosen = await ports(folder, ['one'])
    expect(await ports(folder, ['one'])).toEqual(chosen)
  },
)

test('a list of what runs that was cut short is one of nothing', () => {
  const file = join(folder, 'running.json')
  writeFileSync(file, '{"starter":"1 2","gro')
  expect(readRunning(file)).toBeUndefined()
})

test('secrets are made once, and nobody else may read them', () => {
  const made = secrets(folder)
  expect(secrets(folder)).toEqual(made)
  expect(made.AUTH_KEY).toHaveLength(43)
  const { stdout } = spawnSync('stat', ['-c', '%a', join(folder, 'secrets.json')])
  expect(stdout.toString().trim()).toBe('600')
  expect(readdirSync(folder)).toEqual(['secrets.json'])
})

function start(environment: Record<string, string>) {
  return spawnSync(process.execPath, ['start/main.ts'], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    timeout: START_LIMIT_MS,
  })
}
