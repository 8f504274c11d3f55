import type { Knex } from 'knex'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { actAsSql, THE_HOUSE, type Identity } from '#core/platform/acting-as.ts'
import { aUser, aWorkspace } from '#tests/support/fixtures.ts'
import type { LoginName } from '#tests/support/database.ts'
import { useDatabase } from '#tests/support/use-database.ts'

const database = useDatabase()
const NO_RIGHT = '42501'

let operator: string
let admin: string

beforeAll(async () => {
  operator = await aUser(database())
  await database()('operators').insert({ user_id: operator })
  admin = (await aWorkspace(database())).ownerId
  await database()('audit_log').insert(aLine(null))
})

const aLine = (actor_id: string | null) => ({
  id: newId(),
  workspace_id: null,
  actor_id,
  action: 'session.open',
  decision: 'denied',
  target_kind: 'user',
  target_id: newId(),
  request_id: 'request',
  ip: '::1',
})

/** How many rows it met, or the code with which it was refused; nothing of it stays. */
async function tried(
  login: LoginName,
  who: Identity | null,
  work: (trx: Knex.Transaction) => Promise<unknown>,
) {
  const trx = await database(login).transaction()
  try {
    if (who) await trx.raw(actAsSql(trx, who))
    const met = await work(trx)
    return Array.isArray(met) ? met.length : met
  } catch (error) {
    return (error as { code?: string }).code
  } finally {
    await trx.rollback()
  }
}

const look = (trx: Knex.Transaction) => trx('audit_log').whereNull('workspace_id').select('id')
const add = (actorId: string | null) => async (trx: Knex.Transaction) => {
  await trx('audit_log').insert(aLine(actorId))
  return 'added'
}

test('only operators, and the worker for the house, read the lines of the installation', async () => {
  expect(await tried('api', { userId: operator }, look)).toBe(1)
  expect(await tried('worker', THE_HOUSE, look)).toBe(1)
  expect(await tried('api', { userId: admin }, look)).toBe(0)
  expect(await tried('api', null, look)).toBe(0)
  expect(await tried('worker', { userId: operator }, look)).toBe(0)
  expect(await tried('actions', { userId: operator }, look)).toBe(NO_RIGHT)
  expect(await tried('collab', THE_HOUSE, look)).toBe(NO_RIGHT)
})

test('the API adds lines under the name of who acts or of nobody, others add none', async () => {
  expect(await tried('api', { userId: admin }, add(admin))).toBe('added')
  expect(await tried('api', null, add(null))).toBe('added')
  expect(await tried('api', { userId: admin }, add(operator))).toBe(NO_RIGHT)
  expect(await tried('api', { userId: admin }, add(null))).toBe(NO_RIGHT)
  expect(await tried('api', null, add(admin))).toBe(NO_RIGHT)
  expect(await tried('actions', { userId: operator }, add(operator))).toBe(NO_RIGHT)
  expect(await tried('collab', THE_HOUSE, add(null))).toBe(NO_RIGHT)
})

test('a line of a workspace has an actor', async () => {
  const { workspaceId } = await aWorkspace(database())
  const line = { ...aLine(null), workspace_id: workspaceId }
  await expect(database()('audit_log').insert(line)).rejects.toMatchObject({ code: '23514' })
})
