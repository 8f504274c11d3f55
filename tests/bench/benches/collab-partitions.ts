import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { faultyLink, through } from '#tests/fuzz/faulty-link.ts'
import { aTypist } from '#tests/support/typist.ts'
import type { TestWriter } from '#tests/support/writer.ts'
import type { TwoCollabs } from '../collab-sides.ts'
import { atMost, row, type Row } from '../row.ts'

const PEOPLE_PER_NODE = 3
const KEYS_PER_SECOND = 5
const AWAY_MS = 8_000
const EQUAL_LIMIT_MS = 30_000
const LOOK_EVERY_MS = 10

/** How long after a partition is healed all read the same who wrote on both sides of it, in seconds. */
export async function equalAfterPartition(sides: TwoCollabs): Promise<Row[]> {
  const rows: Row[] = []
  for (const from of ['redis', 'postgres'] as const) {
    const seconds = await healed(sides, from)
    const what = `all equal after 8 s without ${from === 'redis' ? 'Redis' : 'Postgres'}, s`
    rows.push(row(what, { ours: seconds, floor: null }, atMost(5)))
  }
  return rows
}

async function healed({ ours, place }: TwoCollabs, from: 'redis' | 'postgres'): Promise<number> {
  const address = from === 'redis' ? place.redisUrl : place.collabUrl
  const link = await faultyLink(() => Number(new URL(address).port))
  const behind = through(link, address)
  const where = from === 'redis' ? { redisUrl: behind } : { databaseUrl: behind }
  const [cutOff, whole] = [await ours.start(where), await ours.start()]
  const textId = await ours.aText()
  const people = [
    ...(await ours.open(cutOff, textId, PEOPLE_PER_NODE)),
    ...(await ours.open(whole, textId, PEOPLE_PER_NODE)),
  ]
  const stop = new AbortController()
  const typing = people.map((writer, index) =>
    aTypist(writer, `p${index}`).type(KEYS_PER_SECOND, stop.signal),
  )
  link.fail('stall')
  await sleep(AWAY_MS)
  stop.abort()
  await Promise.all(typing)
  link.heal()
  const healedMs = performance.now()
  while (!areEqual(people) && performance.now() - healedMs < EQUAL_LIMIT_MS)
    await sleep(LOOK_EVERY_MS)
  const seconds = (performance.now() - healedMs) / 1_000
  for (const writer of people) writer.leave()
  await Promise.all([cutOff.kill(), whole.kill(), link.close()])
  return seconds
}

function areEqual(people: readonly TestWriter[]): boolean {
  if (people.some(({ provider }) => provider.hasUnsyncedChanges)) return false
  const [first, ...others] = people.map(({ doc }) => Buffer.from(Y.encodeStateAsUpdate(doc)))
  return others.every((other) => other.equals(first!))
}
