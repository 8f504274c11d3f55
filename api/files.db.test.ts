import { readdir } from 'node:fs/promises'
import { request, type ClientRequest } from 'node:http'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { FILE_BYTES_MAX } from '#core/kernel/limits.ts'
import { signToken } from '#core/platform/access-token.ts'
import { anApi } from '#tests/support/api.ts'
import { aClamd, VIRUS } from '#tests/support/files/a-clamd.ts'
import { EXE, PNG } from '#tests/support/files/samples.ts'
import { aBoard, aCard, aMember, aWorkspace, type SomeBoard } from '#tests/support/fixtures.ts'

let clamd: Awaited<ReturnType<typeof aClamd>>
let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard
let cardId: string

beforeAll(async () => {
  clamd = await aClamd()
  api = await anApi({ CLAMD_ADDRESS: clamd.address })
  return async () => {
    await api.stop()
    await clamd.stop()
  }
})

beforeEach(async () => {
  board = await aBoard(api.database)
  cardId = await aCard(api.database, board)
})

const pathOf = (name: string, card = cardId) =>
  `/api/v1/cards/${card}/files?name=${encodeURIComponent(name)}`
const send = async (name: string, body: string | Uint8Array, as = board.ownerId, card = cardId) =>
  await api.call('POST', pathOf(name, card), { as, body })

/** Puts a file that was sent on the card, past the engine. */
async function attach(id: string): Promise<void> {
  const home = { workspace_id: board.workspaceId, card_id: cardId }
  await api.database('attachments').insert({ id, ...home, added_by: board.ownerId })
}

const get = async (id: string, as = board.ownerId) =>
  await api.call('GET', `/api/v1/attachments/${id}/content`, { as })

/** What is left on disk of files that were not taken. */
async function leftOf(ids: readonly string[]): Promise<string[]> {
  const kept = await readdir(api.folder, { recursive: true })
  return [
    ...kept.filter((name) => ids.some((id) => name.endsWith(id))),
    ...(await readdir(join(api.folder, 'incoming'))),
  ]
}

const rows = async () =>
  await api.database('files').where({ workspace_id: board.workspaceId }).select('id', 'state')

test('a file is sent, looked at, attached and read as it was sent', async () => {
  const { status, body } = await send('Größe.png', PNG)
  expect([status, body]).toEqual([
    201,
    { id: body.id, name: 'Größe.png', mediaType: 'image/png', bytes: PNG.length, isScanned: true },
  ])
  await attach(body.id)
  const as = board.ownerId
  const url = `${api.url}/api/v1/attachments/${body.id}/content`
  const headers = { authorization: `Bearer ${await signToken(api.parts.keys, 'api', as)}` }
  const response = await fetch(url, { headers })
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG)
  const details = await api.call('GET', `/api/v1/cards/${cardId}`, { as })
  expect(details.body.attachments).toMatchObject([{ id: body.id, name: 'Größe.png' }])
})

test('ASVS line 41: what is read runs nothing, is guessed as nothing else and has its own name', async () => {
  const picture = (await send('計画 "1".png', PNG)).body.id
  const text = (await send('notes.md', '<b>words</b>')).body.id
  for (const id of [picture, text]) await attach(id)
  const told = async (id: string) => {
    const { headers } = await get(id)
    return ['content-type', 'content-disposition'].map((name) => headers.get(name))
  }
  expect(await told(picture)).toEqual([
    'image/png',
    `inline; filename="?? _1_.png"; filename*=UTF-8''%E8%A8%88%E7%94%BB%20_1_.png`,
  ])
  expect(await told(text)).toEqual(['text/plain; charset=utf-8', 'attachment; filename="notes.md"'])
  const { headers } = await get(text)
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect(headers.get('cache-control')).toBe('no-store')
})

test.each([
  ['another program called a picture', 'a.png', EXE, 'file.not_what_it_says', 415],
  ['a type that is not taken', 'a.svg', '<svg/>', 'file.type_not_allowed', 415],
  ['a program', 'setup.exe', EXE, 'file.type_not_allowed', 415],
  ['nothing', 'a.txt', '', 'file.empty', 422],
  ['a virus', 'a.txt', VIRUS, 'file.infected', 422],
] as const)('ASVS line 41: %s is refused and not kept', async (_, name, content, code, status) => {
  const { status: told, body } = await send(name, content)
  expect([told, body.error.code]).toEqual([status, code])
  const known = await rows()
  expect(known.filter(({ state }) => state !== 'refused')).toEqual([])
  expect(await leftOf(known.map(({ id }) => id))).toEqual([])
})

test('ASVS line 41: 10 MB are taken and a byte more is not, said before or not', async () => {
  const whole = Buffer.alloc(FILE_BYTES_MAX, 'a')
  expect((await send('a.txt', whole)).status).toBe(201)
  const said = await stream({ 'content-length': String(FILE_BYTES_MAX + 1) }, () => {})
  const unsaid = await stream({ 'transfer-encoding': 'chunked' }, (sending) => {
    sending.end(Buffer.concat([whole, Buffer.from('a')]))
  })
  expect([said, unsaid]).toEqual([413, 413])
  const states = (await rows()).map(({ state }) => state)
  expect(new Set(states)).toEqual(new Set(['ready', 'refused']))
})

/** Sends a file piece by piece; answers the status, or undefined when none came. */
async function stream(
  more: Record<string, string>,
  write: (sending: ClientRequest) => void,
): Promise<number | undefined> {
  const authorization = `Bearer ${await signToken(api.parts.keys, 'api', board.ownerId)}`
  const headers = { authorization, ...more }
  const sending = request(api.url + pathOf('a.txt'), { method: 'POST', headers })
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  sending.on('response', ({ statusCode }) => resolve(statusCode))
  sending.on('error', () => resolve(undefined))
  sending.flushHeaders()
  write(sending)
  return await promise.finally(() => sending.destroy())
}

test('ASVS line 41: of an upload that is cut off nothing is left', async () => {
  await stream({ 'content-length': String(FILE_BYTES_MAX) }, (sending) => {
    sending.write(Buffer.alloc(1024 * 1024, 'a'), () => sending.destroy())
  })
  await vi.waitFor(async () => {
    const known = await rows()
    expect(known.map(({ state }) => state)).toEqual(['refused'])
    expect(await leftOf(known.map(({ id }) => id))).toEqual([])
  })
})

test('ASVS line 41: while the scanner does not say how it is no file is taken, and people are told to come again', async () => {
  for (const nonsense of ['INSTREAM size limit exceeded. ERROR', 'HTTP/1.1 200 OK', 'stream: ']) {
    clamd.answers(() => nonsense)
    const { status, body, headers } = await send('a.txt', 'words')
    expect([status, body.error.code]).toEqual([503, 'service.away'])
    expect(headers.get('retry-after')).toBe('1')
    expect(body.error.message).not.toContain(nonsense)
  }
  clamd.answers((content) => (content.includes(VIRUS) ? 'stream: Eicar FOUND' : 'stream: OK'))
  expect((await rows()).map(({ state }) => state)).toEqual(['refused', 'refused', 'refused'])
})

test('ASVS line 41: a name is no path and shows itself as it is', async () => {
  const names = ['../../../etc/a.txt', 'C:\\Temp\\a.txt', 'a\u202e.txt', 'a\r\n.txt']
  for (const name of names) expect((await send(name, 'words')).body.name).toBe('a.txt')
  const { body } = await send('..', 'words')
  expect(body.error.code).toBe('request.invalid')
})

test('a viewer reads what is attached and sends nothing', async () => {
  const viewer = await aMember(api.database, board, 'viewer')
  const { body } = await send('a.txt', 'words')
  await attach(body.id)
  expect((await get(body.id, viewer)).body).toBe('words')
  const refused = await send('a.txt', 'words', viewer)
  expect([refused.status, refused.body.error.code]).toEqual([403, 'permission.denied'])
  const line = await api.database('audit_log').where({ actor_id: viewer }).first()
  expect(line).toMatchObject({ decision: 'denied', target_id: cardId })
})

test('what is of another workspace, on no card or taken off its card is nowhere', async () => {
  const { ownerId: stranger } = await aWorkspace(api.database)
  const { body } = await send('a.txt', 'words')
  expect((await get(body.id)).body.error.code).toBe('attachment.not_found')
  await attach(body.id)
  expect((await get(body.id)).status).toBe(200)
  const foreign = await get(body.id, stranger)
  expect([foreign.status, foreign.body.error.code]).toEqual([404, 'attachment.not_found'])
  expect((await send('a.txt', 'words', stranger)).body.error.code).toBe('card.not_found')
  expect((await send('a.txt', 'words', board.ownerId, newId())).body.error.code).toBe(
    'card.not_found',
  )
  await api.database('attachments').where({ id: body.id }).update({ deleted_at: new Date() })
  expect((await get(body.id)).body.error.code).toBe('attachment.not_found')
})
