import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import knex from 'knex'
import { expect, inject, test } from 'vitest'
import { aConfig } from '#tests/support/api.ts'
import { addressesOf, freshDatabase } from '#tests/support/database.ts'
import { aUser } from '#tests/support/fixtures.ts'
import { ownFolder } from '#tests/support/own-folder.ts'
import { freePort } from '#tests/support/free-port.ts'

/** One of the servers as a process of its own; ended with the test. */
async function aProcess(script: string, databaseUrl: string, more: Record<string, string> = {}) {
  const port = await freePort()
  const config = aConfig({ PORT: String(port), LOG_LEVEL: 'info', ...more })
  const env = Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? String(Number(value)) : String(value),
    ]),
  )
  const child = spawn(process.execPath, [script], {
    env: { ...env, ...addressesOf(databaseUrl) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, url: `http://127.0.0.1:${port}` }
}

async function answers(url: string, child: ChildProcess): Promise<Response> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The API ended with ${child.exitCode}.`)
    const response = await fetch(url).catch(() => null)
    if (response) return response
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('the process comes up with every component, and ends in order when asked', async () => {
  const [fresh, folder] = [await freshDatabase(), await ownFolder()]
  const { child, url } = await aProcess('api/server.ts', fresh.url, { FILES_URL: folder.url })
  const log = text(child.stdout!)

  const response = await answers(`${url}/ready`, child)
  const body = await response.json()
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  await Promise.all([fresh.drop(), folder.remove()])

  expect(body).toEqual({
    status: 'ready',
    components: { postgres: 'up', schema: 'up', redis: 'up', temporal: 'up', worker: 'up' },
  })
  expect(code).toBe(0)
  expect(await log).toContain('the api is ready')
})

test.each(['api/server.ts', 'collab/server.ts', 'engine/worker.ts'])(
  '%s says on a schema it does not know what to run, and does not serve',
  async (script) => {
    const empty = new URL(inject('postgresUrl'))
    empty.pathname = 'postgres'
    const { child } = await aProcess(script, empty.href)
    const log = text(child.stdout!)

    const [code] = await once(child, 'exit')

    expect(code).toBe(1)
    expect(await log).toContain('node migrations/migrate.ts up')
  },
)

test('ASVS line 6: outside the demo the API does not start where accounts of the demo are', async () => {
  const [fresh, folder] = [await freshDatabase(), await ownFolder()]
  const owner = knex({ client: 'pg', connection: fresh.url, pool: { min: 0, max: 1 } })
  await aUser(owner, { email: 'owner@example.com' })
  await owner.destroy()
  const { child } = await aProcess('api/server.ts', fresh.url, { FILES_URL: folder.url })
  const log = text(child.stdout!)

  const [code] = await once(child, 'exit')
  await Promise.all([fresh.drop(), folder.remove()])

  expect(code).toBe(1)
  expect(await log).toContain('accounts of the demo, owner@example.com')
})
