import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect, type AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { beforeAll, expect, test, vi } from 'vitest'
import { signToken } from '#core/platform/access-token.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aCard } from '#tests/support/fixtures.ts'
import { makeApp } from './app.ts'
import { httpServer } from './http-server.ts'

const LIMITS = { headersMs: 300, bodyMs: 600, fileMs: 900, checkEveryMs: 50 }
const PATIENCE_MS = 3_000
const MEGABYTE = 1_024 ** 2
const LOGIN = 'POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n'
const HEALTH = 'GET /health HTTP/1.1\r\nHost: a\r\n'

let server: Server
let api: Awaited<ReturnType<typeof anApi>>

beforeAll(async () => {
  api = await anApi()
  const answer = (await makeApp(api.parts)).callback()
  server = httpServer((request, response) => void answer(request, response), LIMITS)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return async () => {
    server.closeAllConnections()
    server.close()
    await api.stop()
  }
})

/** Sends bytes as they are, slowly those that are a list, and answers all that comes until the end. */
async function send(bytes: string, slowly: Iterable<string> = []): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let heard = ''
  socket.on('data', (data) => (heard += data.toString('latin1')))
  socket.on('error', () => {})
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('nobody ended it')))
  socket.write(bytes)
  const rest = slowly[Symbol.iterator]()
  const drip = setInterval(() => {
    const { value, done } = rest.next()
    if (!done && socket.writable) socket.write(value)
  }, 20)
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(drip)
  return heard
}

const statusesIn = (heard: string) =>
  [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))

function* forEver(text: string): Generator<string> {
  for (;;) yield text
}

test('ASVS line 38: a head and a body that come too slowly are ended', async () => {
  const startMs = performance.now()
  const head = await send(HEALTH, forEver('X: y\r\n'))
  const body = await send(`${LOGIN}Content-Length: 100000\r\n\r\n`, forEver(' '))
  const silent = await send('')
  for (const heard of [head, body, silent]) expect(statusesIn(heard)).toEqual([408])
  expect(performance.now() - startMs).toBeLessThan(PATIENCE_MS)
})

test('ASVS line 41: a file may take longer than other bodies, and is ended when it takes too long', async () => {
  const board = await aBoard(api.database)
  const cardId = await aCard(api.database, board)
  const token = await signToken(api.parts.keys, 'api', board.ownerId)
  const startMs = performance.now()
  const heard = await send(
    `POST /api/v1/cards/${cardId}/files?name=a.txt HTTP/1.1\r\nHost: a\r\n` +
      `Authorization: Bearer ${token}\r\nContent-Length: 100000\r\n\r\n`,
    forEver('a'),
  )
  expect(statusesIn(heard)).toEqual([408])
  expect(performance.now() - startMs).toBeGreaterThan(LIMITS.fileMs)
  const states = async () => expect(await api.database('files').pluck('state')).toEqual(['refused'])
  await vi.waitFor(states)
  expect(await readdir(api.folder, { recursive: true })).toEqual(['incoming'])
})

test('ASVS line 38: a head that is too large is refused', async () => {
  const large = await send(`${HEALTH}X-Large: ${'x'.repeat(17 * 1_024)}\r\n\r\n`)
  const many = await send(`${HEALTH}${'X: y\r\n'.repeat(4_000)}\r\n`)
  const long = await send(`GET /${'x'.repeat(17 * 1_024)} HTTP/1.1\r\nHost: a\r\n\r\n`)
  for (const heard of [large, many, long]) expect(statusesIn(heard)).toEqual([431])
})

test('ASVS line 38: a body that is too large is not read to its end, said before or not', async () => {
  const said = await send(`${LOGIN}Content-Length: 5000000\r\n\r\n{`)
  const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
  const unsaid = await send(`${LOGIN}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(20)}`)
  for (const heard of [said, unsaid]) expect(statusesIn(heard)).toEqual([413])
})

/** Sends a head and 12 MB, and reads nothing before all of it is sent; answers what then is there. */
async function sendFirst(server: Server, head: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.pause()
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let heard = ''
  socket.on('data', (data) => (heard += data.toString('latin1')))
  socket.on('end', () => resolve(heard)).on('error', reject)
  socket.write(`${head}Content-Length: ${12 * MEGABYTE}\r\n\r\n`)
  const piece = Buffer.alloc(MEGABYTE, ' ')
  for (let sent = 0; sent < 12; sent += 1) {
    await new Promise((written) => socket.write(piece, written))
  }
  socket.resume()
  return await promise
}

test('ASVS line 38: who reads only when all is sent still hears that it was too large', async () => {
  const board = await aBoard(api.database)
  const cardId = await aCard(api.database, board)
  const token = await signToken(api.parts.keys, 'api', board.ownerId)
  const upload =
    `POST /api/v1/cards/${cardId}/files?name=a.txt HTTP/1.1\r\nHost: a\r\n` +
    `Authorization: Bearer ${token}\r\n`
  const answer = (await makeApp(api.parts)).callback()
  const patient = httpServer((request, response) => void answer(request, response))
  await once(patient.listen(0, '127.0.0.1'), 'listening')
  expect(await sendFirst(patient, LOGIN)).toContain('"request.too_large"')
  expect(await sendFirst(patient, upload)).toContain('"file.too_large"')
  patient.close()
})

const HIDDEN = `${HEALTH}\r\n`
const SMUGGLED: Record<string, string> = {
  'two lengths': `${LOGIN}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}${HIDDEN}`,
  'a length and chunks': `${LOGIN}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'chunks and something else': `${LOGIN}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'chunks under another name': `${LOGIN}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'a space before the colon': `${LOGIN}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'a folded header': `${LOGIN}X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n \r\n\r\n${HIDDEN}`,
  'a length with a sign': `${LOGIN}Content-Length: +2\r\n\r\n{}${HIDDEN}`,
  'a length in hex': `${LOGIN}Content-Length: 0x2\r\n\r\n{}${HIDDEN}`,
  'a chunk of no number': `${LOGIN}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'lines that end in LF alone': `${LOGIN}X: y\nContent-Length: 2\n\n{}${HIDDEN}`,
  'a zero byte': `${LOGIN}X: a\0b\r\n\r\n${HIDDEN}`,
  'no host': `GET /health HTTP/1.1\r\n\r\n`,
}

test.each(Object.entries(SMUGGLED))('ASVS line 38: %s hide no second request', async (_, bytes) => {
  const heard = await send(bytes)
  expect(statusesIn(heard)).toEqual([400])
})

test('ASVS line 49: TRACE and CONNECT are answered with nothing of the request', async () => {
  for (const method of ['TRACE', 'TRACK']) {
    const heard = await send(
      `${method} / HTTP/1.1\r\nHost: a\r\nX-Mine: secret\r\nConnection: close\r\n\r\n`,
    )
    expect(statusesIn(heard)[0]).toBeGreaterThanOrEqual(400)
    expect(heard).not.toContain('secret')
  }
  const through = await send('CONNECT example.com:443 HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(through).toBe('')
})
