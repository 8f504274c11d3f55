// @vitest-environment node
import { beforeEach, expect, test, vi } from 'vitest'
import { onSessionOver, setAccess } from './access.ts'
import { act } from './act.ts'
import { get, request } from './http.ts'
import { scriptedServer } from '#tests/support/scripted-server.ts'

const USER = { id: '01a1fc3d-ad72-7d72-91c3-098e59602e61', name: 'Ann', email: 'ann@example.com' }
const session = (accessToken: string, expiresIn = 900) => ({ accessToken, expiresIn, user: USER })
const refusal = (code: string) => ({
  error: { code, message: `It is ${code}.`, requestId: 'r-1', details: { field: 'title' } },
})

beforeEach(() => setAccess(session('first')))

test('a token that is over is renewed once, and the question asked again', async () => {
  const asked = await scriptedServer([
    { status: 401, body: refusal('auth.expired') },
    { status: 200, body: session('second') },
    { status: 200, body: { ok: true } },
  ])
  await expect(get('/me')).resolves.toEqual({ ok: true })
  expect(asked.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ['/api/v1/me', 'Bearer first'],
    ['/api/v1/auth/refresh', undefined],
    ['/api/v1/me', 'Bearer second'],
  ])
})

test('questions asked at the same time share one renewal', async () => {
  setAccess(session('old', 1))
  const asked = await scriptedServer([
    { status: 200, body: session('new') },
    { status: 200, body: 1 },
    { status: 200, body: 2 },
  ])
  await Promise.all([get('/a'), get('/b')])
  expect(asked.filter(({ path }) => path.endsWith('/refresh'))).toHaveLength(1)
})

test('when the session is over the page is told, and the question fails as the server says', async () => {
  const over = vi.fn<() => void>()
  onSessionOver(over)
  await scriptedServer([
    { status: 401, body: refusal('auth.expired') },
    { status: 401, body: refusal('auth.expired') },
  ])
  await expect(get('/me')).rejects.toMatchObject({ code: 'auth.expired', status: 401 })
  expect(over).toHaveBeenCalledOnce()
})

test('when somebody else has signed in in another tab nothing goes out in their name', async () => {
  setAccess(session('old', 1))
  const over = vi.fn<() => void>()
  onSessionOver(over)
  const other = { ...session('theirs'), user: { ...USER, id: USER.id.replace(/^01/, '02') } }
  const asked = await scriptedServer([{ status: 200, body: other }])
  const write = request('POST', '/things', { body: {}, attemptsMax: 1 })
  await expect(write).rejects.toMatchObject({ code: 'auth.expired', status: 401 })
  expect(asked.map(({ path }) => path)).toEqual(['/api/v1/auth/refresh'])
  expect(over).toHaveBeenCalledOnce()
})

test('a write is tried again with the same key while the server is away', async () => {
  const asked = await scriptedServer([
    { status: 503, body: refusal('engine.away') },
    { status: 502 },
    { status: 201, body: { id: 1 } },
  ])
  await expect(request('POST', '/things', { body: { name: 'x' } })).resolves.toEqual({ id: 1 })
  const keys = new Set(asked.map(({ headers }) => headers['idempotency-key']))
  expect(asked).toHaveLength(3)
  expect(keys.size).toBe(1)
  expect([...keys][0]).toMatch(/^[0-9a-f-]{36}$/)
})

test('the server is not asked again before it said so', async () => {
  await scriptedServer([
    { status: 503, body: refusal('command.busy'), headers: { 'retry-after': '1' } },
    { status: 200, body: {} },
  ])
  const before = performance.now()
  await get('/things')
  expect(performance.now() - before).toBeGreaterThan(990)
})

test('a question that is given up just as its answer comes does not wait to be asked again', async () => {
  const given = new AbortController()
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:1' })
  vi.stubGlobal('fetch', async () => {
    given.abort(new Error('given up'))
    return await Promise.resolve(
      new Response('', { status: 503, headers: { 'retry-after': '60' } }),
    )
  })
  await expect(get('/things', { signal: given.signal })).rejects.toThrow('given up')
  vi.unstubAllGlobals()
})

test('a refusal is final and keeps all the server said', async () => {
  const asked = await scriptedServer([{ status: 409, body: refusal('card.conflict') }])
  await expect(request('PATCH', '/cards/1', { body: {} })).rejects.toMatchObject({
    code: 'card.conflict',
    status: 409,
    message: 'It is card.conflict.',
    requestId: 'r-1',
    details: { field: 'title' },
  })
  expect(asked).toHaveLength(1)
})

test('no server at all is told as such, after the last attempt', async () => {
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:1' })
  const question = get('/me', { attemptsMax: 1 })
  await expect(question).rejects.toMatchObject({ code: 'network.away', status: 0, isAway: true })
  vi.unstubAllGlobals()
})

test('a queued action settles with its outcome', async () => {
  const result = { undone: [], commandId: USER.id, offsets: {} }
  const asked = await scriptedServer([
    { status: 202, body: { job_id: USER.id, status: 'queued' } },
    { status: 200, body: { jobId: USER.id, type: 'undo', status: 'queued' } },
    { status: 200, body: { jobId: USER.id, type: 'undo', status: 'done', result } },
  ])
  await expect(act('undo', USER.id, { commandId: USER.id })).resolves.toEqual(result)
  expect(asked.at(-1)?.path).toBe(`/api/v1/jobs/${USER.id}`)
})

test('a queued action that is refused says all the server knows', async () => {
  const details = { version: 5, fields: { title: 'Theirs' } }
  const error = { code: 'card.conflict', message: 'Someone else changed: title.', details }
  await scriptedServer([
    { status: 202, body: { job_id: USER.id, status: 'queued' } },
    { status: 200, body: { jobId: USER.id, type: 'action', status: 'refused', error } },
  ])
  const edit = act('card.edit', USER.id, { baseVersion: 1, changes: { title: 'Mine' } })
  await expect(edit).rejects.toMatchObject({ code: 'card.conflict', status: 409, details })
})

test('a queued action whose note is lost is not refused: it is to be asked for again', async () => {
  await scriptedServer([
    { status: 202, body: { job_id: USER.id, status: 'queued' } },
    { status: 404, body: refusal('job.not_found') },
  ])
  const undo = act('undo', USER.id, { commandId: USER.id })
  await expect(undo).rejects.toMatchObject({ code: 'network.away', isAway: true })
})

test('what stands in an address does not travel in the body as well', async () => {
  const asked = await scriptedServer([{ status: 200, body: {} }])
  await act('card.assign', 'card-1', { userId: 'user-1' })
  const [{ method, path, body } = { method: '', path: '', body: '' }] = asked
  expect([method, path, body]).toEqual(['PUT', '/api/v1/cards/card-1/assignees/user-1', ''])
})
