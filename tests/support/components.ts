import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ports } from '#start/data/ports.ts'
import { embeddedPostgres } from '#start/parts/postgres.ts'
import { redis } from '#start/parts/redis.ts'
import { temporalBinary } from '#start/parts/temporal-binary.ts'
import { temporalServer } from '#start/parts/temporal.ts'
import { supervisor } from '#start/process/supervisor.ts'
import { makeTemplate } from './database.ts'

/** Where a test finds the real components of this run: `inject('postgresUrl')` and so on. */
export type Components = {
  postgresUrl: string
  redisUrl: string
  temporalAddress: string
  /** Lists the components with their process ids, for tests that kill one. */
  runningFile: string
}

declare module 'vitest' {
  export interface ProvidedContext extends Components {}
}

type Shared = { users: number; up: Promise<Components>; stop: () => Promise<void> }

/** Vitest calls the set-up once per project, in modules of its own; the run shares one set. */
const holder = globalThis as { projectflowComponents?: Shared }

export async function setup(project: TestProject): Promise<void> {
  holder.projectflowComponents ??= bringUp()
  holder.projectflowComponents.users += 1
  const components = await holder.projectflowComponents.up
  for (const key of Object.keys(components) as (keyof Components)[]) {
    project.provide(key, components[key])
  }
}

export async function teardown(): Promise<void> {
  const shared = holder.projectflowComponents
  if (!shared) return
  shared.users -= 1
  if (shared.users > 0) return
  delete holder.projectflowComponents
  await shared.stop()
}

export function bringUp(): Shared {
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-tests-'))
  mkdirSync(join(folder, 'logs'))
  const runningFile = join(folder, 'running.json')
  const { keep, stop } = supervisor({
    file: runningFile,
    stopOrder: ['temporal', 'redis', 'postgres'],
    say: (line) => console.log(line),
    giveUp: (why) => console.error(why.message),
  })

  async function start(): Promise<Components> {
    const port = await ports(folder, ['postgres', 'redis', 'temporal', 'temporalUi'])
    const password = 'only-for-tests-and-therefore-no-secret'
    const found = await redis(folder, port.redis)
    const binary = await temporalBinary()
    // The data is thrown away, so nothing waits for the disk; a killed server loses nothing.
    const settings = { fsync: 'off', full_page_writes: 'off' }
    await Promise.all([
      keep(await embeddedPostgres(folder, { port: port.postgres, password, settings })),
      keep(temporalServer(binary, folder, { port: port.temporal, uiPort: port.temporalUi })),
      found.component && keep(found.component),
    ])
    const postgresUrl = `postgres://postgres:${password}@127.0.0.1:${port.postgres}/projectflow`
    await makeTemplate(postgresUrl)
    const temporalAddress = `127.0.0.1:${port.temporal}`
    return { postgresUrl, redisUrl: found.address, temporalAddress, runningFile }
  }

  return {
    users: 0,
    up: start(),
    async stop() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
