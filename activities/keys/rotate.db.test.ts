import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { beforeEach, expect, inject, onTestFinished, test, vi } from 'vitest'
import { keyIdOf, open, seal } from '#core/platform/envelope.ts'
import { readKeyring, type Keyring } from '#core/platform/keyring.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { keyProblem } from './known-keys.ts'
import { rotateKeys } from './rotate.ts'

const ROWS = 1_200
const WAIT = { timeout: 10_000, interval: 20 }
const aKey = () => randomBytes(32).toString('base64url')
const getDatabase = useDatabase()

let database: Knex
let older: string
let newer: string
/** As processes have it before, meanwhile and afterwards. */
let before: Keyring
let meanwhile: Keyring
let afterwards: Keyring
let said: string[]

beforeEach(async () => {
  database = getDatabase()
  await database.raw('drop table if exists credentials, others; delete from sealing_keys')
  await database.raw(`create table credentials (id uuid primary key, note text, secret sealed);
    create table others (id uuid primary key, secret sealed not null)`)
  older = aKey()
  newer = aKey()
  before = readKeyring(older)
  meanwhile = readKeyring(`${newer} ${older}`)
  afterwards = readKeyring(newer)
  said = []
  await keyProblem(database, before)
})

const rotate = async (keyring = meanwhile) =>
  await rotateKeys(database, keyring, (line) => said.push(line))
const contextOf = (id: string) => `credentials/${id}`

async function store(keyring: Keyring, plain: string, id: string = randomUUID()): Promise<string> {
  const secret = seal(keyring, Buffer.from(plain), contextOf(id))
  await database('credentials').insert({ id, secret }).onConflict('id').merge()
  return id
}

async function opened(keyring: Keyring, id: string): Promise<string> {
  const { secret } = await database('credentials').where({ id }).first('secret')
  return open(keyring, secret, contextOf(id)).toString()
}

async function storeMany(): Promise<string[]> {
  const ids = Array.from({ length: ROWS }, () => randomUUID())
  const rows = ids.map((id) => ({ id, secret: seal(before, Buffer.from(id), contextOf(id)) }))
  await database.batchInsert('credentials', rows, 300)
  return ids
}

const environment = () => ({
  NODE_ENV: 'production',
  DATABASE_URL: database.client.config.connection.connectionString,
  REDIS_URL: inject('redisUrl'),
  TEMPORAL_ADDRESS: inject('temporalAddress'),
  AUTH_KEY: aKey(),
  COMMAND_KEY: aKey(),
  MASTER_KEY: `${newer}\n${older}`,
  AUDIT_KEY: newer,
})

const keysInUse = async () => {
  const { rows } = await database.raw('select secret from credentials where secret is not null')
  return new Set(rows.map(({ secret }: { secret: Buffer }) => keyIdOf(secret)))
}

test('every sealed value of every table opens with the new key alone, under the same context', async () => {
  const id = await store(before, 'totp')
  await database('credentials').insert({ id: randomUUID() })
  const other = randomUUID()
  const secret = seal(before, Buffer.from('token'), other)
  await database('others').insert({ id: other, secret })

  await rotate()

  expect(said.slice(0, 3)).toEqual([
    'credentials.secret: 1 re-wrapped',
    'flow_secrets.value: 0 re-wrapped',
    'others.secret: 1 re-wrapped',
  ])
  expect(await opened(afterwards, id)).toBe('totp')
  const kept = await database('others').first('secret')
  expect(open(afterwards, kept.secret, other).toString()).toBe('token')
})

test('ASVS line 43: under load nothing fails to open, and nothing that is written meanwhile is lost', async () => {
  const ids = await storeMany()
  const written = new Map<string, string>()
  let going = true
  let reads = 0
  const pick = () => ids[Math.floor(Math.random() * ids.length)]!
  // Half of the processes know the new key and do not seal with it yet.
  const waiting = readKeyring(`${older} ${newer}`)
  const write = async (keyring: Keyring, mine: readonly string[]) => {
    for (let count = 0; going; count += 1) {
      const id = mine[count % mine.length]!
      const plain = `${id} ${count}`
      await store(keyring, plain, id)
      written.set(id, plain)
    }
  }
  const read = async (keyring: Keyring) => {
    for (; going; reads += 1) {
      const id = pick()
      expect(await opened(keyring, id)).toContain(id)
    }
  }
  const load = [
    write(meanwhile, ids.slice(0, 50)),
    write(waiting, ids.slice(50, 55)),
    read(meanwhile),
    read(waiting),
  ]

  const refused = await rotate().catch((error: Error) => error.message)
  await sleep(50)
  going = false
  await Promise.all(load)
  // It ends, or says that a process still seals with the older key.
  expect(refused ?? 'run this again').toContain('run this again')
  await rotate()

  expect(reads).toBeGreaterThan(50)
  expect(written.size).toBeGreaterThan(20)
  expect(await keysInUse()).toEqual(new Set([afterwards.current.id]))
  for (const id of ids) expect(await opened(afterwards, id)).toBe(written.get(id) ?? id)
})

test('killed in the middle it goes on where it was, and once done it changes nothing', async () => {
  const ids = await storeMany()
  // Whoever holds a row has the command wait for it, with what came before done.
  const holding = await database.transaction()
  await holding('credentials')
    .where({ id: ids.at(-1)! })
    .forUpdate()
  const command = spawn(process.execPath, ['activities/keys/rotate.ts'], { env: environment() })
  await vi.waitFor(async () => expect((await keysInUse()).size).toBe(2), WAIT)
  const gone = once(command, 'exit')
  command.kill('SIGKILL')
  await gone
  await holding.rollback()
  expect(await keysInUse()).toEqual(new Set([before.current.id, afterwards.current.id]))

  await rotate()
  expect(said[0]).toMatch(/^credentials\.secret: [1-9]\d* re-wrapped$/)
  for (const id of ids) expect(await opened(afterwards, id)).toBe(id)
  said = []
  await rotate()
  expect(said.slice(0, 3)).toEqual([
    'credentials.secret: 0 re-wrapped',
    'flow_secrets.value: 0 re-wrapped',
    'others.secret: 0 re-wrapped',
  ])
  expect(said.at(-1)).toContain(afterwards.current.id)
})

test('a damaged value is named and stays, the others are done, and the older key stays needed', async () => {
  const good = await store(before, 'good')
  const bad = await store(before, 'bad')
  const { secret } = await database('credentials').where({ id: bad }).first('secret')
  secret[60] ^= 1
  await database('credentials').where({ id: bad }).update({ secret })

  await expect(rotate()).rejects.toThrow('Keep it in MASTER_KEY')

  expect(said.filter((line) => line.includes('seal.damaged'))).toHaveLength(1)
  expect(await opened(afterwards, good)).toBe('good')
  expect(await keyProblem(database, afterwards)).toContain(before.current.id)
})

test('without the older key it refuses to begin', async () => {
  const id = await store(before, 'totp')
  await expect(rotate(afterwards)).rejects.toThrow(before.current.id)
  expect(await opened(before, id)).toBe('totp')
})

test('a role that does not see every row gets an error and leaves none behind unseen', async () => {
  await store(before, 'totp')
  onTestFinished(async () => {
    await database.raw('drop owned by rotates_less; drop role rotates_less')
  })
  await database.raw(`alter table credentials enable row level security;
    alter table credentials force row level security;
    create role rotates_less;
    grant select, update on credentials to rotates_less;
    grant select on others to rotates_less;
    grant select, insert, delete on sealing_keys to rotates_less`)
  const result = database.transaction(async (trx) => {
    await trx.raw('set local role rotates_less')
    await rotateKeys(trx, meanwhile, () => {})
  })
  await expect(result).rejects.toMatchObject({ code: '42501' })
})
