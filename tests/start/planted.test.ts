import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Knex } from 'knex'
import { expect, inject, test } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
import { signToken, tokenKeys } from '#core/platform/access-token.ts'
import { caller } from '../support/api.ts'
import { aBoard, aMember } from '../support/fixtures.ts'
import { production } from './production.ts'

/** What makes a statement fail in Postgres, for good or twice, with the text in its message. */
const UNKEEPABLE = 'unkeepable'
const KEPT_LATER = 'kept later'

const planted = (what: string) => `planted-${what}-${randomBytes(8).toString('hex')}`

test.each([
  ['1', 'nowhere'],
  ['0', 'in Temporal alone'],
])(
  'ASVS line 46: with SEAL_PAYLOADS=%s what is secret or written stands %s',
  async (SEAL_PAYLOADS, where) => {
    const { origin, database, keys, secrets, said } = await production({ SEAL_PAYLOADS })
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
  },
)

/** A fault of the kind that shows a row: Postgres says in its message what it could not keep. */
async function failOnSomeTitles(database: Knex): Promise<void> {
  await database.raw(`
    create sequence tries;
    grant usage on sequence tries to pf_actions, pf_worker;
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
