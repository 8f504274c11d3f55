import { beforeAll, expect, test } from 'vitest'
import { QUEUE_NAMES } from '#activities/queues.ts'
import { anApi } from '#tests/support/api.ts'
import { aMember, aWorkspace, type SomeWorkspace } from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>
let workspace: SomeWorkspace

beforeAll(async () => {
  api = await anApi()
  workspace = await aWorkspace(api.database)
  return api.stop
})

const passOf = async (userId: string) => {
  const answer = await api.call('POST', '/api/v1/admin/queues-pass', { as: userId })
  return { status: answer.status, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' }
}
const open = (path: string, cookie = '') => api.call('GET', path, { headers: { cookie } })

test('an owner opens Bull Board in a tab and sees every queue', async () => {
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

test('a member gets no pass, and nobody gets in without one', async () => {
  const member = await aMember(api.database, workspace, 'member')

  const { status } = await passOf(member)
  const without = await open('/admin/queues')
  const below = await open('/admin/queues/api/queues')

  expect(status).toBe(403)
  expect(without.body.error.code).toBe('auth.required')
  expect(below.body.error.code).toBe('auth.required')
})

test('who is no admin any more is let in no more, whatever the pass says', async () => {
  const admin = await aMember(api.database, workspace, 'admin')
  const { cookie } = await passOf(admin)
  await api.database('workspace_members').where({ user_id: admin }).update({ role: 'member' })

  const { status } = await open('/admin/queues', cookie)

  expect(status).toBe(403)
})
