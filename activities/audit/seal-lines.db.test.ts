import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, test, vi } from 'vitest'
import { readKeyring } from '#core/platform/keyring.ts'
import { aKey } from '#tests/support/a-key.ts'
import { aWorkspace, type SomeWorkspace } from '#tests/support/fixtures.ts'
import { seeded } from '#tests/support/seeded.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { heldBackS } from './held-back.ts'
import { sealLines } from './seal-lines.ts'
import { postgresSink } from './sinks/postgres-sink.ts'
import { sealWhenOver } from '#tests/support/audit/seal-when-over.ts'
import { someLines } from '#tests/support/audit/some-lines.ts'
import { verifyAudit } from './verify.ts'

const database = useDatabase()
const key = aKey()
const keyring = readKeyring(key)
const SEED = 7
const SEALER_END_LIMIT_MS = 5_000
const NEIGHBOURS_LIMIT_MS = 10_000

let workspace: SomeWorkspace
beforeEach(async () => {
  workspace = await aWorkspace(database())
})

const seal = () => sealLines(database('worker'), keyring)
const sealAll = () => sealWhenOver(database('worker'), keyring)
const verify = () => verifyAudit(database('worker'), postgresSink(database('worker')), keyring)

test('a line is sealed once, and nothing is sealed where nothing is new', async () => {
  await sealAll()
  await someLines(database(), workspace, 3)
  expect(await sealAll()).toBe(3)
  expect(await seal()).toBe(0)
  expect((await verify()).findings).toEqual([])
})

test('what an open transaction may still add to waits for it, and says for how long', async () => {
  await sealAll()
  const open = await database().transaction()
  await someLines(open, workspace, 1)
  await someLines(database(), workspace, 2)
  expect(await seal()).toBe(0)
  expect(await heldBackS(database('worker'))).toBeGreaterThan(0)
  await open.commit()
  expect(await sealAll()).toBe(3)
  expect(await heldBackS(database('worker'))).toBe(0)
})

test('lines of another cluster, whose transactions have numbers to come, are found when all are looked at', async () => {
  await sealAll()
  const id = (await someLines(database(), workspace, 1))[0]!
  await database().raw('alter table audit_log disable trigger only_added_to')
  await database().raw(`update audit_log set transaction = '99999999999' where id = ?`, [id])
  await database().raw('alter table audit_log enable trigger only_added_to')
  expect(await seal()).toBe(0)
  expect(await sealLines(database('worker'), keyring, 'all')).toBe(1)
  await someLines(database(), workspace, 1)
  await vi.waitFor(async () => expect(await seal()).toBe(1), { timeout: NEIGHBOURS_LIMIT_MS })
})

test('of many writers no line stays without a seal', async () => {
  const writers = Array.from({ length: 16 }, async () => {
    for (let times = 0; times < 10; times += 1) await someLines(database(), workspace, 3)
  })
  const writing = Promise.all(writers)
  let isOver = false
  void writing.then(() => (isOver = true))
  while (!isOver) await Promise.all([seal(), seal()])
  while ((await sealAll()) > 0);
  const { unsealed, findings } = await verify()
  expect([unsealed, findings]).toEqual([0, []])
})

test(`a sealer that is killed at any moment leaves no gap and no line twice (seed ${SEED})`, async () => {
  const random = seeded(SEED)
  for (let times = 0; times < 6; times += 1) {
    await someLines(database(), workspace, 40)
    const sealer = aSealer()
    await once(sealer.stdout, 'data')
    await sleep(random() * 40)
    sealer.kill('SIGKILL')
    await once(sealer, 'exit')
  }
  // Postgres notices the end of the last one in its own time; until then it holds the lock.
  await vi.waitFor(async () => expect(await sealers()).toBe(0), { timeout: SEALER_END_LIMIT_MS })
  while ((await sealAll()) > 0);
  const { unsealed, findings } = await verify()
  expect([unsealed, findings]).toEqual([0, []])
})

test('lines are only ever added: no process changes or removes one, nor does the owner by mistake', async () => {
  await someLines(database(), workspace, 1)
  await sealAll()
  for (const table of ['audit_log', 'audit_leaves', 'audit_seals']) {
    const change = database().raw(`delete from ${table}`)
    await expect(change).rejects.toMatchObject({ code: '42501' })
  }
})

/** How many transactions have the lock of who seals. */
async function sealers(): Promise<number> {
  const sql = `select from pg_locks where locktype = 'advisory'
    and database = (select oid from pg_database where datname = current_database())`
  return (await database().raw(sql)).rows.length
}

/** A process that seals small parts of what there is, one after the other, until it is killed. */
function aSealer() {
  const url = database('worker').client.config.connection.connectionString as string
  return spawn(process.execPath, ['tests/support/audit/sealer.ts'], {
    env: { WORKER_DATABASE_URL: url, AUDIT_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
