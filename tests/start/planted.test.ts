import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import knex, { type Knex } from 'knex'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
import { newId } from '#core/kernel/ids.ts'
import { signToken, tokenKeys } from '#core/platform/access-token.ts'
import { ports } from '#start/data/ports.ts'
import { caller } from '../support/api.ts'
import { freshDatabase } from '../support/database.ts'
import { aBoard, aMember } from '../support/fixtures.ts'

// Real processes as production runs them, told secrets and card texts that occur nowhere else.
const WAIT = { timeout: 60_000, interval: 100 }
const PROCESSES = { worker: 'engine/worker.ts', collab: 'collab/server.ts', api: 'api/server.ts' }
/** What makes a statement fail in Postgres, for good or twice, with the text in its message. */
const UNKEEPABLE = 'unkeepable'
const KEPT_LATER = 'kept later'

const aKey = () => randomBytes(32).toString('base64url')
const planted = (what: string) => `planted-${what}-${randomBytes(8).toString('hex')}`

test.each([
  ['1', 'nowhere'],
  ['0', 'in Temporal alone'],
])('with SEAL_PAYLOADS=%s what is secret or written stands %s', async (SEAL_PAYLOADS, where) => {
  const { origin, database, keys, secrets, said } = await running({ SEAL_PAYLOADS })
  const texts = {
    title: planted('title'),
    comment: planted('comment'),
    fault: planted('fault'),
    late: planted('late'),
  }
  const password = planted('password')
  const board = await aBoard(database)
  const email = `${planted('mail')}@example.com`
  const passwordHash = await hashPassword(password)
  const as = await aMember(database, board, 'member', { email, passwordHash })
  await failOnSomeTitles(database)
  const call = caller(origin, { keys: tokenKeys(keys.AUTH_KEY) })
  const token = await signToken(tokenKeys(keys.AUTH_KEY), 'api', as)

  const create = async (title: string) =>
    await call('POST', `/api/v1/boards/${board.boardId}/cards`, {
      as,
      body: { columnId: board.columns['To do'], title },
    })
  const made = await create(texts.title)
  expect(made.status).toBe(201)
  const comments = `/api/v1/cards/${made.body.card.id}/comments`
  expect((await call('POST', comments, { as, body: { text: texts.comment } })).status).toBe(201)
  expect((await create(`${KEPT_LATER} ${texts.late}`)).status).toBe(201)
  const failed = await create(`${UNKEEPABLE} ${texts.fault}`)
  expect(failed.status).toBe(500)
  const login = { email, password }
  expect((await call('POST', '/api/v1/auth/login', { body: login })).status).toBe(200)
  const wrong = { email, password: `${password}x` }
  expect((await call('POST', '/api/v1/auth/login', { body: wrong })).status).toBe(401)
  const bearer = { headers: { authorization: `Bearer ${token}x` } }
  const refused = await call('GET', '/api/v1/me', bearer)
  expect(refused.status).toBe(401)

  const logs = said()
  expect(logs).toContain('request failed')
  expect(logs).toContain('Activity failed')
  const answers = JSON.stringify([failed.body, refused.body])
  const hidden = { ...texts, ...secrets, password, token }
  const leaks = Object.entries(hidden).filter(
    ([, text]) => logs.includes(text) || answers.includes(text),
  )
  expect(leaks, logs).toEqual([])
  const inTemporal = Object.entries(hidden).filter(([, text]) => temporalHolds(text))
  // The second case shows that the first would find what is there.
  const expected = where === 'nowhere' ? [] : Object.keys(texts)
  expect(inTemporal.map(([name]) => name)).toEqual(expected)
})

/** The three processes with secrets of their own, until the test is over. */
async function running(more: Record<string, string>) {
  const fresh = await freshDatabase()
  const database = knex({ client: 'pg', connection: fresh.url, pool: { min: 0, max: 2 } })
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-planted-'))
  const { web, collab, worker } = await ports(folder, ['web', 'collab', 'worker'])
  rmSync(folder, { recursive: true })
  const keys = { AUTH_KEY: aKey(), COMMAND_KEY: aKey(), MASTER_KEY: aKey() }
  const at = { api: String(web), collab: String(collab), worker: String(worker) }
  const env = {
    NODE_ENV: 'production',
    PORT: at.api,
    COLLAB_PORT: at.collab,
    WORKER_PORT: at.worker,
    DATABASE_URL: fresh.url,
    REDIS_URL: inject('redisUrl'),
    REDIS_PREFIX: newId(),
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    CARD_ACTIONS_QUEUE: `card-actions-${newId()}`,
    LOG_LEVEL: 'debug',
    ...keys,
    ...more,
  }
  let output = ''
  const children = Object.values(PROCESSES).map((script) => {
    const child = spawn(process.execPath, [script], { env })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => (output += text.toString()))
    }
    return child
  })
  onTestFinished(async () => {
    for (const child of children) child.kill('SIGTERM')
    const left = children.filter(({ exitCode }) => exitCode === null)
    await Promise.all(left.map((child) => once(child, 'exit')))
    await database.destroy()
    await fresh.drop()
  })
  for (const port of Object.values(at)) {
    const ready = async () => expect((await fetch(`http://127.0.0.1:${port}/ready`)).ok).toBe(true)
    await vi.waitFor(ready, WAIT).catch((cause: unknown) => {
      throw new Error(`The one at ${port} is not ready.\n${output}`, { cause })
    })
  }
  const { password: databasePassword } = new URL(fresh.url)
  const secrets = { ...keys, databasePassword }
  return { origin: `http://127.0.0.1:${at.api}`, database, keys, secrets, said: () => output }
}

/** A fault of the kind that shows a row: Postgres says in its message what it could not keep. */
async function failOnSomeTitles(database: Knex): Promise<void> {
  await database.raw(`
    create sequence tries;
    create function refuse_to_keep() returns trigger language plpgsql as $$
    begin
      if new.title like '${UNKEEPABLE}%' then
        raise exception 'cannot keep %', new.title using errcode = 'XX000', detail = new.title;
      end if;
      if new.title like '${KEPT_LATER}%' and nextval('tries') < 3 then
        raise exception 'cannot keep % now', new.title using errcode = '40001', detail = new.title;
      end if;
      return new;
    end $$;
    create trigger refuse_to_keep before insert on cards
      for each row execute function refuse_to_keep();`)
}

/** Whether the text stands in any file of Temporal's database, its journal too. */
function temporalHolds(text: string): boolean {
  const folder = dirname(inject('runningFile'))
  const files = readdirSync(folder).filter((name) => name.startsWith('temporal.db'))
  expect(files.length).toBeGreaterThan(0)
  return files.some((name) => readFileSync(join(folder, name)).includes(text))
}
