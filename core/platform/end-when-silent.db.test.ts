import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Knex } from 'knex'
import { beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '#tests/support/database.ts'
import { isPassing } from './database-errors.ts'
import { openDatabase } from './database.ts'

const STATEMENT_LIMIT_MS = 100
const GIVEN_UP_WITHIN_MS = 4_000

let database: Knex
/** What the server sends while it hangs stays on the way. */
let isHanging = false

beforeAll(async () => {
  const { url, drop } = await freshDatabase()
  const server = new URL(url)
  const { hostname, port } = server
  const sockets = new Set<Socket>()
  const between = createServer((client) => {
    const postgres = connect(Number(port), hostname)
    for (const socket of [client, postgres]) {
      sockets.add(socket.on('error', () => socket.destroy()))
    }
    client.pipe(postgres)
    postgres.on('data', (bytes: Buffer) => isHanging || client.write(bytes))
    client.on('close', () => postgres.destroy())
  })
  between.listen(0, '127.0.0.1')
  await once(between, 'listening')
  server.port = String((between.address() as AddressInfo).port)
  const settings = { name: 'test', connectionsMax: 1, statementLimitMs: STATEMENT_LIMIT_MS }
  database = openDatabase({ ...settings, url: server.href })
  return async () => {
    await database.destroy()
    for (const socket of sockets) socket.destroy()
    between.close()
    await drop()
  }
})

const ask = async () => await database.raw('select 1')
const askWithin = async () => await database.transaction(async (trx) => await trx.raw('select 1'))
/** Begins while the server still answers, as most transactions that are hit will have. */
const goOn = async () =>
  await database.transaction(async (trx) => {
    await trx.raw('select 1')
    isHanging = true
    return await trx.raw('select 1')
  })

test.each([
  ['a statement', ask],
  ['a transaction', askWithin],
  ['the middle of a transaction', goOn],
])('a server that hangs in %s is told as away soon, and used again', async (_, hang) => {
  await ask()
  isHanging = hang !== goOn
  const askedMs = performance.now()
  const error = await hang().catch((reason: unknown) => reason)
  expect(isPassing(error), String(error)).toBe(true)
  expect(performance.now() - askedMs).toBeLessThan(GIVEN_UP_WITHIN_MS)
  isHanging = false
  await ask()
})
