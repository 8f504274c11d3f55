import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { components } from '#start/components.ts'
import { migrate, seed } from '#start/database.ts'
import { ports } from '#start/data/ports.ts'
import { STOP_ORDER } from '#start/lifecycle.ts'
import type { Component } from '#start/process/component.ts'
import { supervisor } from '#start/process/supervisor.ts'
import { say } from '#start/say.ts'
import type { Environment } from '#start/servers.ts'
import { server } from '#start/servers.ts'
import { buildUi } from '#start/ui.ts'

/** All of the product, up with its demo, with its data in a folder that is thrown away. */
export type Stage = {
  /** Where the API answers. */
  origin: string
  /** What the server processes were told. */
  environment: Environment
  databaseUrl: string
  /** Keeps one more component alive until the end. */
  keep: (component: Component) => Promise<void>
  /** A free port of 127.0.0.1, the same each time for one name. */
  portFor: (name: string) => Promise<number>
  /** The file for what a component says. */
  logOf: (name: string) => string
}

/** A benchmark never works on components that somebody uses. */
const NOT_OURS = ['DATABASE_URL', 'REDIS_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'DATA_DIR']

/** Brings everything up as `npm start` does, plays the story, and stops everything again. */
export async function onStage(
  withUi: boolean,
  story: (stage: Stage) => Promise<void>,
): Promise<void> {
  for (const name of NOT_OURS) delete process.env[name]
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-bench-'))
  const aborted = Promise.withResolvers<never>()
  const { keep, stop } = supervisor({
    file: join(folder, 'running.json'),
    stopOrder: ['floor', ...STOP_ORDER],
    say,
    giveUp: aborted.reject,
  })
  const interrupt = (signal: string) => aborted.reject(new Error(`Stopped by ${signal}.`))
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    await Promise.race([setUp(folder, keep, withUi).then(story), aborted.promise])
  } finally {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function setUp(folder: string, keep: Stage['keep'], withUi: boolean): Promise<Stage> {
  const portFor = async (name: string) => (await ports(folder, [name]))[name]!
  const logOf = (name: string) => join(folder, 'logs', `${name}.log`)
  const port = await portFor('api')
  const [{ environment, collabPort, workerPort }] = await Promise.all([
    components({ folder, keep }, port),
    withUi && buildUi(),
  ])
  const databaseUrl = environment['DATABASE_URL']!
  await migrate(environment)
  await seed(environment)
  await Promise.all([
    keep(server({ name: 'worker', port: workerPort, environment, log: logOf('worker') })),
    keep(server({ name: 'collab', port: collabPort, environment, log: logOf('collab') })),
    keep(server({ name: 'api', port, environment, log: logOf('api') })),
  ])
  const origin = `http://127.0.0.1:${port}`
  return { origin, environment, databaseUrl, keep, portFor, logOf }
}
