import { randomBytes } from 'node:crypto'
import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { beforeAll, expect, test } from 'vitest'
import { readKeyring } from '#core/platform/keyring.ts'
import { sealingCodec } from '#engine/payload-codec.ts'
import { addOperator, removeOperator } from '#activities/rbac/operators.ts'
import { anApi } from '#tests/support/api.ts'
import { aMember, aWorkspace, type SomeWorkspace } from '#tests/support/fixtures.ts'

const UI = 'http://127.0.0.1:8233'
const DECODE = '/admin/codec/decode'

let api: Awaited<ReturnType<typeof anApi>>
let workspace: SomeWorkspace

beforeAll(async () => {
  api = await anApi({ NODE_ENV: 'production', TEMPORAL_UI_URL: `${UI}/` })
  workspace = await aWorkspace(api.database)
  await addOperator(api.database, await emailOf(workspace.ownerId))
  return api.stop
})

const emailOf = async (id: string): Promise<string> =>
  (await api.database('users').where({ id }).first('email')).email
const passOf = async (userId: string) => {
  const answer = await api.call('POST', '/api/v1/admin/histories-pass', { as: userId })
  return { ...answer, set: answer.headers.get('set-cookie') ?? '' }
}
const cookieOf = async (userId: string) => (await passOf(userId)).set.split(';')[0]!

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const shown = ({ metadata, data }: Payload) => ({
  metadata: { encoding: base64(metadata!['encoding']!) },
  data: base64(data!),
})
const plain = defaultPayloadConverter.toPayload('Fix login')
const sealedWith = async (key: string) => {
  const [payload] = await sealingCodec(readKeyring(key)).encode([plain])
  return shown(payload!)
}
const decode = async (headers: Record<string, string>, payloads: unknown, method = 'POST') =>
  await api.call(method, DECODE, {
    headers: { 'x-namespace': 'default', ...headers },
    ...(method === 'POST' && { body: { payloads } }),
  })

test('an operator reads in the Web UI what is stored sealed, and what is stored plain', async () => {
  const cookie = await cookieOf(workspace.ownerId)
  const sealed = await sealedWith(api.parts.config.MASTER_KEY)
  expect(JSON.stringify(sealed)).not.toContain(shown(plain).data)

  const answer = await decode({ cookie, origin: UI }, [sealed, shown(plain)])

  expect(answer.status).toBe(200)
  expect(answer.body.payloads).toEqual([shown(plain), shown(plain)])
  expect(answer.headers.get('access-control-allow-origin')).toBe(UI)
  expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('the pass tells where the Web UI is, and crosses sites over TLS to the codec alone', async () => {
  const { body, set } = await passOf(workspace.ownerId)
  expect(body).toEqual({ url: UI })
  for (const part of ['Path=/admin/codec', 'HttpOnly', 'Secure', 'SameSite=None']) {
    expect(set).toContain(part)
  }
})

test('a browser is told before it asks', async () => {
  const asked = { origin: UI, 'access-control-request-method': 'POST' }
  const answer = await decode(asked, [], 'OPTIONS')
  expect(answer.status).toBe(204)
  expect(answer.headers.get('access-control-allow-headers')).toContain('x-namespace')
})

test.each(['https://evil.example', 'null', 'http://127.0.0.1:8234', ''])(
  'pages of %j read nothing, with the pass of an operator or without',
  async (origin) => {
    const cookie = await cookieOf(workspace.ownerId)
    for (const method of ['POST', 'OPTIONS']) {
      const answer = await decode({ cookie, ...(origin && { origin }) }, [], method)
      expect(answer.status).toBe(403)
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  },
)

test('nobody decodes without the pass, and an owner of a workspace has none', async () => {
  const { ownerId } = await aWorkspace(api.database)
  expect((await passOf(ownerId)).status).toBe(403)
  expect((await decode({ origin: UI }, [])).status).toBe(401)
  expect((await decode({ origin: UI, cookie: 'pf_histories=x' }, [])).status).toBe(401)
})

test('who is no operator any more reads no more', async () => {
  const operator = await aMember(api.database, workspace, 'viewer')
  const email = await emailOf(operator)
  await addOperator(api.database, email)
  const cookie = await cookieOf(operator)
  expect((await decode({ origin: UI, cookie }, [])).status).toBe(200)
  await removeOperator(api.database, email)
  expect((await decode({ origin: UI, cookie }, [])).status).toBe(403)
})

test('what another key sealed, or somebody changed, stays as it is beside what is read', async () => {
  const cookie = await cookieOf(workspace.ownerId)
  const foreign = await sealedWith(randomBytes(32).toString('base64url'))
  const ours = await sealedWith(api.parts.config.MASTER_KEY)
  const changed = { ...ours, data: base64(Buffer.from(ours.data, 'base64').fill(0, 50)) }
  const { body } = await decode({ cookie, origin: UI }, [foreign, ours, changed])
  expect(body.payloads).toEqual([foreign, shown(plain), changed])
})

test.each([
  ['no list', 'text'],
  ['no base64', [{ data: '%' }]],
  ['too many', Array.from({ length: 1_001 }, () => ({ data: '' }))],
])('%s is refused', async (_, payloads) => {
  const cookie = await cookieOf(workspace.ownerId)
  expect((await decode({ cookie, origin: UI }, payloads)).status).toBe(400)
})

test('it takes POST only', async () => {
  expect((await decode({ origin: UI }, [], 'GET')).status).toBe(405)
})
