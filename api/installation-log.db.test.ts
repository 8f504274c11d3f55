import { generate } from 'otplib'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { linkHash, newLinkToken } from '#activities/auth/link-token.ts'
import { hashPassword } from '#activities/auth/password.ts'
import { archiveLines } from '#activities/audit/archive-lines.ts'
import { postgresSink } from '#activities/audit/sinks/postgres-sink.ts'
import { verifyAudit } from '#activities/audit/verify.ts'
import { addOperator, removeOperator } from '#activities/rbac/operators.ts'
import { newId } from '#core/kernel/ids.ts'
import { openDatabase } from '#core/platform/database.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { sealWhenOver } from '#tests/support/audit/seal-when-over.ts'
import { anApi, type Answer } from '#tests/support/api.ts'
import { aKey } from '#tests/support/a-key.ts'
import { aUser, aWorkspace } from '#tests/support/fixtures.ts'

const PASSWORD = 'correct horse battery'
const IN_91_DAYS_MS = 91 * 24 * 3_600 * 1_000

let api: Awaited<ReturnType<typeof anApi>>
let passwordHash: string
let operator: string
let person: { id: string; email: string }

beforeAll(async () => {
  api = await anApi()
  passwordHash = await hashPassword(PASSWORD)
  operator = await aUser(api.database, { email: 'operator@example.com' })
  await addOperator(api.database, 'operator@example.com')
  return api.stop
})

beforeEach(async () => {
  const keys = await api.parts.redis.keys(`${api.parts.config.REDIS_PREFIX}:*`)
  if (keys.length > 0) await api.parts.redis.del(keys)
  const email = `${newId()}@example.com`
  person = { email, id: await aUser(api.database, { email, passwordHash }) }
})

const post = async (path: string, body: object = {}, as?: string) =>
  await api.call('POST', `/api/v1/auth/${path}`, { body, ...(as && { as }) })
const login = async (email = person.email, password = PASSWORD) =>
  await post('login', { email, password })
const read = async (query: string, as = operator) =>
  await api.call('GET', `/api/v1/admin/log?${query}`, { as })
const cookieOf = ({ headers }: Answer) => headers.get('set-cookie')!.split(';')[0]!

/** What stands in the log about the person, the oldest first. */
async function told(query = `targetId=${person.id}`) {
  const { body } = await read(query)
  const lines = body.items as { action: string; decision: string; reason: string | null }[]
  return lines.toReversed().map(({ action, decision, reason }) => {
    return [action, decision === 'allowed' ? decision : reason]
  })
}

test('ASVS line 47: signing in and out, and who could not, is in the log', async () => {
  const signedIn = await login()
  await login(person.email, 'wrong')
  const cookie = cookieOf(signedIn)
  await api.call('POST', '/api/v1/auth/logout', { headers: { cookie } })

  expect(await told()).toEqual([
    ['session.open', 'allowed'],
    ['session.open', 'auth.wrong_credentials'],
    ['session.close', 'allowed'],
  ])
  const { body } = await read(`targetId=${person.id}`)
  expect(body.items[2]).toMatchObject({ actorId: person.id, actorName: 'Ann', ip: '127.0.0.1' })
  expect(body.items[1]).toMatchObject({ actorId: null, targetKind: 'user' })
  expect(body.items[2].requestId).toBe(signedIn.headers.get('x-request-id'))
})

test('ASVS line 47: who tries an account that nobody has is in the log, and their words are not', async () => {
  const email = `${newId()}@nowhere.example`
  await login(email)
  await login(email.toUpperCase())

  const [first, second] = await api.database('audit_log').where({ target_kind: 'account' })
  expect(second.target_id).toBe(first.target_id)
  expect(await told(`targetId=${first.target_id}`)).toHaveLength(2)
  expect(JSON.stringify(await api.database('audit_log'))).not.toContain('nowhere.example')
})

test('who is asked to wait gets one line for that time', async () => {
  for (let times = 0; times < 9; times += 1) await login(person.email, 'wrong')

  expect(await told()).toEqual([
    ...Array<unknown>(5).fill(['session.open', 'auth.wrong_credentials']),
    ['session.open', 'auth.too_many_attempts'],
  ])
})

test('nobody floods the log: of what one address is denied, twenty lines a minute are kept', async () => {
  const before = await api.database('audit_log').where({ target_kind: 'account' })
  for (let times = 0; times < 25; times += 1) await login(`${newId()}@nowhere.example`)
  const after = await api.database('audit_log').where({ target_kind: 'account' })
  expect(after.length - before.length).toBe(20)
})

test('passwords, the second step, sessions and tokens leave lines', async () => {
  const { id } = person
  const [begun] = [await post('totp/begin', { password: PASSWORD }, id)]
  const code = async (steps: number) =>
    await generate({ secret: begun.body.secret, epoch: Date.now() / 1_000 + steps * 30 })
  await post('totp/confirm', { code: '000000' }, id)
  await post('totp/confirm', { code: await code(-1) }, id)
  await post('totp/recovery-codes', { password: PASSWORD, code: await code(0) }, id)
  await post('totp/turn-off', { password: 'wrong', code: await code(1) }, id)
  await post('totp/turn-off', { password: PASSWORD, code: await code(1) }, id)
  const sessionId = (await api.database('sessions').where({ user_id: id }).first())?.family_id
  expect(sessionId).toBeUndefined()
  await login()
  const { family_id } = await api.database('sessions').where({ user_id: id }).first()
  await api.call('DELETE', `/api/v1/auth/sessions/${family_id}`, { as: id })
  await post('sessions/end-others', {}, id)
  const token = { name: 'nightly', scope: 'read', expiresInDays: 1 }
  const made = await post('api-tokens', token, id)
  await api.call('DELETE', `/api/v1/auth/api-tokens/${made.body.item.id}`, { as: id })
  await post('password/change', { password: PASSWORD, newPassword: `${PASSWORD} staple` }, id)

  expect(await told()).toEqual([
    ['totp.on', 'auth.wrong_code'],
    ['totp.on', 'allowed'],
    ['totp.codes', 'allowed'],
    ['password.confirm', 'auth.wrong_password'],
    ['totp.off', 'allowed'],
    ['session.open', 'allowed'],
    ['session.revoke', 'allowed'],
    ['session.revoke', 'allowed'],
    ['password.change', 'allowed'],
  ])
  expect(await told(`targetId=${made.body.item.id}`)).toEqual([
    ['token.make', 'allowed'],
    ['token.revoke', 'allowed'],
  ])
  const kept = JSON.stringify(await api.database('audit_log'))
  for (const secret of [PASSWORD, made.body.token, begun.body.secret]) {
    expect(kept).not.toContain(secret)
  }
})

test('ASVS line 47: who made an account, and whose address was changed to which, is in the log', async () => {
  const [made, taken] = [newLinkToken(), newLinkToken()]
  const [newcomer, newAddress] = [`${newId()}@example.com`, `${newId()}@example.com`]
  const soon = new Date(Date.now() + 60_000)
  await api
    .database('sign_ups')
    .insert({ token_hash: linkHash(made), email: newcomer, expires_at: soon })
  const change = { token_hash: linkHash(taken), user_id: person.id, expires_at: soon }
  await api.database('email_changes').insert({ ...change, email: newAddress })

  const body = { token: made, name: 'Bo', password: `${PASSWORD} staple` }
  const { user } = (await post('sign-up/finish', body)).body
  await post('email/confirm', { token: taken })

  expect(await told(`targetId=${user.id}`)).toEqual([
    ['account.make', 'allowed'],
    ['session.open', 'allowed'],
  ])
  const { body: page } = await read(`targetId=${person.id}`)
  expect(page.items).toMatchObject([
    { action: 'email.change', before: { email: person.email }, after: { email: newAddress } },
  ])
})

test('ASVS line 15: a refresh token that is used twice is in the log', async () => {
  const cookie = cookieOf(await login())
  const refresh = async () =>
    await api.call('POST', '/api/v1/auth/refresh', { headers: { cookie } })
  await refresh()
  await api.database('sessions').update({ replaced_at: new Date(Date.now() - 60_000) })
  for (let times = 0; times < 3; times += 1) expect((await refresh()).status).toBe(401)

  expect(await told()).toEqual([
    ['session.open', 'allowed'],
    ['session.reuse', 'auth.expired'],
  ])
})

test('a line stands with its effect or not at all', async () => {
  await api.database.raw('revoke insert on audit_log from pf_api')
  const { status } = await login()
  await api.database.raw('grant insert on audit_log to pf_api')
  expect(status).toBe(500)
  expect(await api.database('sessions').where({ user_id: person.id })).toEqual([])
})

test('operators alone read it, reading is a line of it, and who was turned away is one', async () => {
  const { ownerId } = await aWorkspace(api.database)
  const { status, body } = await read('', ownerId)
  expect([status, body.error.code]).toEqual([403, 'permission.denied'])
  await api.call('POST', '/api/v1/admin/queues-pass', { as: ownerId })
  await api.call('POST', '/api/v1/admin/queues-pass', { as: operator })

  expect(await told(`actorId=${ownerId}`)).toEqual([
    ['audit.read', 'permission.denied'],
    ['operator.queues', 'permission.denied'],
  ])
  expect(await told(`actorId=${operator}&action=operator.queues`)).toEqual([
    ['operator.queues', 'allowed'],
  ])
  const { body: page } = await read('limit=1')
  expect(page.items).toMatchObject([{ action: 'audit.read', actorId: operator }])
})

test('who becomes an operator and who is none any more is in it', async () => {
  await addOperator(api.database, person.email)
  await removeOperator(api.database, person.email)
  expect(await told()).toEqual([
    ['operator.add', 'allowed'],
    ['operator.remove', 'allowed'],
  ])
})

test('an operator saves it as a file', async () => {
  await login()
  const path = `/api/v1/admin/log/export?format=ndjson&targetId=${person.id}`
  const { body, headers } = await api.call('GET', path, { as: operator })
  expect(headers.get('content-disposition')).toContain('installation-log.ndjson')
  expect(JSON.parse(body)).toMatchObject({ action: 'session.open', actorId: person.id })
})

test('its lines are sealed, verified and archived with those of workspaces', async () => {
  await login()
  const limits = { name: 'test', connectionsMax: 2, statementLimitMs: 3_000 }
  const worker = openDatabase({ ...limits, url: api.urlOf('worker') })
  const [keyring, sink] = [readKeyring(aKey()), postgresSink(worker)]
  await sealWhenOver(worker, keyring)
  expect((await read(`targetId=${person.id}`)).body.items).toMatchObject([{ isSealed: true }])

  await api.database.raw('alter table audit_log disable trigger only_added_to')
  const line = api.database('audit_log').where({ target_id: person.id })
  await line.clone().update({ ip: '192.0.2.1' })
  const { id } = await line.clone().first('id')
  expect((await verifyAudit(worker, sink, keyring)).findings).toEqual([
    expect.stringContaining(`Line ${id} of seal`),
  ])
  await line.clone().update({ ip: '127.0.0.1' })
  await api.database.raw('alter table audit_log enable trigger only_added_to')

  await archiveLines(worker, sink, keyring, Date.now() + IN_91_DAYS_MS)
  expect(await line.clone()).toEqual([])
  expect((await verifyAudit(worker, sink, keyring)).findings).toEqual([])
  await worker.destroy()
})
