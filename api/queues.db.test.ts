import { beforeAll, expect, test } from 'vitest'
import { QUEUE_NAMES } from '#activities/queues.ts'
import { addOperator, operatorEmails, removeOperator } from '#activities/rbac/operators.ts'
import { anApi } from '#tests/support/api.ts'
import { aUser, aWorkspace, type SomeWorkspace } from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>
let workspace: SomeWorkspace

beforeAll(async () => {
  api = await anApi()
  workspace = await aWorkspace(api.database)
  await addOperator(api.database, await emailOf(workspace.ownerId))
  return api.stop
})

const emailOf = async (id: string): Promise<string> =>
  (await api.database('users').where({ id }).first('email')).email
const passOf = async (userId: string) => {
  const answer = await api.call('POST', '/api/v1/admin/queues-pass', { as: userId })
  return { status: answer.status, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' }
}
const open = (path: string, cookie = '') => api.call('GET', path, { headers: { cookie } })

test('an operator opens Bull Board in a tab and sees every queue', async () => {
  const { status, cookie } = await passOf(workspace.ownerId)
  expect(status).toBe(204)

  const page = await open('/admin/queues', cookie)
  const queues = await open('/admin/queues/api/queues', cookie)

  expect(page.status).toBe(200)
  expect(page.body).toContain('<base href="/admin/queues/"')
  expect(queues.body.queues.map(({ name }: { name: string }) => name)).toEqual(QUEUE_NAMES)
})

test('who looks at the queues of everybody can neither stop nor fill them', async () => {
  const { cookie } = await passOf(workspace.ownerId)
  const queue = '/admin/queues/api/queues/notifications'
  for (const [method, path] of [
    ['PUT', `${queue}/pause`],
    ['PUT', `${queue}/empty`],
    ['PUT', `${queue}/clean/completed`],
    ['POST', `${queue}/add`],
  ] as const) {
    const { status } = await api.call(method, path, { headers: { cookie }, body: {} })
    expect(status, path).toBe(405)
  }
  await api.call('PUT', '/admin/queues/api/queues/pause', { headers: { cookie } })

  const { body } = await open('/admin/queues/api/queues', cookie)
  expect(body.queues.every(({ isPaused }: { isPaused: boolean }) => !isPaused)).toBe(true)
})

test('its scripts and styles are served from here', async () => {
  const { cookie } = await passOf(workspace.ownerId)
  const { body } = await open('/admin/queues', cookie)
  const script = /src="(static\/[^"]+\.js)"/.exec(body)![1]

  const { status, headers } = await open(`/admin/queues/${script}`, cookie)

  expect(status).toBe(200)
  expect(headers.get('content-type')).toContain('javascript')
})

test('ASVS line 49: its scripts are its own, ask nothing else of us and open no page of ours', async () => {
  const { cookie } = await passOf(workspace.ownerId)
  const { headers } = await open('/admin/queues', cookie)
  const policy = headers.get('content-security-policy')
  expect(policy).toMatch(/default-src 'none'; script-src [\d.:]+\/admin\/queues\/static\/;/)
  expect(policy).toMatch(/connect-src [\d.:]+\/admin\/queues\/;/)
  expect(policy).toMatch(/sandbox allow-scripts allow-same-origin allow-forms(?!.*popups)/)
})

test('an owner of a workspace who is no operator gets no pass, and nobody gets in without one', async () => {
  const { ownerId } = await aWorkspace(api.database)

  const { status } = await passOf(ownerId)
  const without = await open('/admin/queues')
  const below = await open('/admin/queues/api/queues')

  expect(status).toBe(403)
  expect(without.body.error.code).toBe('auth.required')
  expect(below.body.error.code).toBe('auth.required')
})

test('an operator belongs to no workspace, and is told so; taken away, no pass lets them in', async () => {
  const operator = await aUser(api.database)
  const email = await emailOf(operator)
  expect(await addOperator(api.database, email.toUpperCase())).toBe(true)
  expect(await addOperator(api.database, email)).toBe(false)
  expect(await operatorEmails(api.database)).toContain(email)
  const { cookie } = await passOf(operator)
  expect((await open('/admin/queues', cookie)).status).toBe(200)
  const me = await api.call('GET', '/api/v1/me', { as: operator })
  expect(me.body).toMatchObject({ workspaces: [], isOperator: true })

  expect(await removeOperator(api.database, email)).toBe(true)

  expect((await open('/admin/queues', cookie)).status).toBe(403)
  expect(await removeOperator(api.database, email)).toBe(false)
})

test('nobody becomes an operator by an address that is not here', async () => {
  await expect(addOperator(api.database, 'nobody@example.com')).rejects.toThrow(/nobody@example/)
})

test('no process can make anybody an operator', async () => {
  const user_id = await aUser(api.database)
  await expect(api.parts.database('operators').insert({ user_id })).rejects.toMatchObject({
    code: '42501',
  })
})
