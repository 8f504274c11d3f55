import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { beforeEach, expect, inject, test } from 'vitest'
import { readKeyring } from '#core/platform/keyring.ts'
import { addressesOf } from '#tests/support/database.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { keyProblem } from './known-keys.ts'

const RUN_LIMIT_MS = 10_000
const aKey = () => randomBytes(32).toString('base64url')
const getDatabase = useDatabase()

let database: Knex

beforeEach(async () => {
  database = getDatabase()
  await database.raw('delete from sealing_keys')
})

const known = async () => {
  const ids: string[] = await database('sealing_keys').pluck('id')
  return ids.toSorted()
}

test('the first key is taken as the one, and known from then on', async () => {
  const keyring = readKeyring(aKey())
  expect(await keyProblem(database, keyring)).toBeNull()
  expect(await keyProblem(database, keyring)).toBeNull()
  expect(await known()).toEqual([keyring.current.id])
})

test('a new key is welcome with the older one beside it, and alone it is not', async () => {
  const [older, newer] = [aKey(), aKey()]
  const [{ current: first }, { current: second }] = [readKeyring(older), readKeyring(newer)]
  await keyProblem(database, readKeyring(older))
  const problem = await keyProblem(database, readKeyring(newer))
  expect(problem).toContain(`sealed with key ${first.id}, and MASTER_KEY is ${second.id}`)
  expect(problem).not.toContain(newer)
  expect(await known()).toEqual([first.id])
  expect(await keyProblem(database, readKeyring(`${newer},${older}`))).toBeNull()
  expect(await known()).toEqual([first.id, second.id].toSorted())
})

test('of two processes that start at once with different keys, one is refused', async () => {
  const problems = await Promise.all(
    [aKey(), aKey()].map(async (key) => await keyProblem(database, readKeyring(key))),
  )
  expect(problems.filter((problem) => problem === null)).toHaveLength(1)
  expect(await known()).toHaveLength(1)
})

test.each(['api/server.ts', 'engine/worker.ts', 'collab/server.ts'])(
  'ASVS line 43: %s ends with one line when its key is not the one the data was sealed with',
  async (script) => {
    const { current } = readKeyring(aKey())
    await database('sealing_keys').insert({ id: current.id })
    const { connectionString } = database.client.config.connection
    const { status, stdout } = spawnSync(process.execPath, [script], {
      env: {
        NODE_ENV: 'production',
        ...addressesOf(connectionString),
        REDIS_URL: inject('redisUrl'),
        TEMPORAL_ADDRESS: inject('temporalAddress'),
        AUTH_KEY: aKey(),
        COMMAND_KEY: aKey(),
        MASTER_KEY: aKey(),
        AUDIT_KEY: aKey(),
      },
      encoding: 'utf8',
      timeout: RUN_LIMIT_MS,
    })
    expect(status).toBe(1)
    const [line, ...more] = stdout.trim().split('\n')
    expect(more).toEqual([])
    expect(JSON.parse(line!).msg).toContain(`sealed with key ${current.id}`)
  },
)
