import { Agent, get } from 'node:http'
import pg from 'pg'
import { boardAsJson } from '../floors/board-query.ts'
import { atMost, atMostTimes, row, type Row } from '../row.ts'
import type { Stage } from '../stage.ts'
import { summarise } from '../summary.ts'
import { stressBoardId, tokenFor, withDatabase } from '../world.ts'

const ROUNDS = 120
const WARM_UP_READS = 20
const BYTES_MAX = 2_000_000

/** Reading the largest board over HTTP against the bare query and JSON.stringify. */
export async function boardRead(stage: Stage): Promise<Row[]> {
  const { boardId, ownerId } = await withDatabase(stage.databaseUrl, async (database) => {
    const owner = await database('users').where({ email: 'owner@example.com' }).first('id')
    await database.raw('vacuum analyze')
    return { boardId: await stressBoardId(database), ownerId: owner.id as string }
  })
  const token = await tokenFor(stage.environment['AUTH_KEY']!, ownerId)
  const client = new pg.Client(stage.databaseUrl)
  await client.connect()
  const agent = new Agent({ keepAlive: true })
  const url = new URL(`/api/v1/boards/${boardId}`, stage.origin)
  const ways = {
    ours: () => read(agent, url, token, 'identity'),
    packed: () => read(agent, url, token, 'gzip, deflate, br, zstd'),
    floor: async () => Buffer.byteLength(await boardAsJson(client, boardId)),
  }
  try {
    return rows(await inTurns(ways))
  } finally {
    agent.destroy()
    await client.end()
  }
}

type Way = 'ours' | 'packed' | 'floor'
type Read = { timesMs: number[]; bytes: number }

async function inTurns(ways: Record<Way, () => Promise<number>>): Promise<Record<Way, Read>> {
  const names = Object.keys(ways) as Way[]
  const reads = Object.fromEntries(
    names.map((name) => [name, { timesMs: [], bytes: 0 }]),
  ) as unknown as Record<Way, Read>
  for (const name of names) for (let n = 0; n < WARM_UP_READS; n += 1) await ways[name]()
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) {
      const startedMs = performance.now()
      reads[name].bytes = await ways[name]()
      reads[name].timesMs.push(performance.now() - startedMs)
    }
  }
  return reads
}

function rows({ ours, packed, floor }: Record<Way, Read>): Row[] {
  const bare = summarise(floor.timesMs)
  const timed = (what: string, { timesMs }: Read) => {
    const times = { ours: summarise(timesMs), floor: bare }
    return row(what, { ours: times.ours.p95, floor: bare.p95, times }, atMostTimes(2))
  }
  const bytes = { ours: ours.bytes, floor: floor.bytes }
  return [
    timed('board of 5,000 cards, p95 ms', ours),
    timed('board of 5,000 cards compressed, p95 ms', packed),
    row('board of 5,000 cards, bytes before compression', bytes, atMost(BYTES_MAX)),
  ]
}

/** Reads the answer to its end; gives the bytes that came. */
function read(agent: Agent, url: URL, token: string, encodings: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': encodings }
  return new Promise((resolve, reject) => {
    const sent = get(url, { agent, headers })
    sent.once('error', reject)
    sent.once('response', (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => (bytes += chunk.byteLength))
      response.once('error', reject).once('end', () => {
        if (response.statusCode === 200) resolve(bytes)
        else reject(new Error(`${url.href} answers ${response.statusCode}.`))
      })
    })
  })
}
