import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { pack } from '#activities/texts/thread/pack.ts'
import { trace, TRACE_NAMES } from '#tests/support/traces.ts'
import { aTypist } from '#tests/support/typist.ts'
import type { TestWriter } from '#tests/support/writer.ts'
import { theTwoCollabs, type CollabSide } from '../collab-sides.ts'
import { atLeast, atMost, atMostMore, row, type Row } from '../row.ts'
import type { Stage } from '../stage.ts'
import { summarise } from '../summary.ts'
import { backAfterDrop } from './collab-drop.ts'
import { idleMemory } from './collab-memory.ts'
import { newsToMany } from './collab-news.ts'
import { equalAfterPartition } from './collab-partitions.ts'

const PEOPLE = 20
/** As many as it takes for nobody to be in more tabs than people are. */
const CROWD = 100
const KEYS_PER_SECOND = 20
const TYPING_MS = 10_000
const WARM_UP_MS = 2_000
const TRACE_STEPS = 12_000
const SEEN_LIMIT_MS = 2_000

/** What writing together costs and keeps, against Hocuspocus as it comes. */
export async function collab(stage: Stage): Promise<Row[]> {
  const sides = await theTwoCollabs(stage, CROWD)
  const { ours, floor } = sides
  const lost = { ours: await lostByKill(ours), floor: await lostByKill(floor) }
  const seen = {
    ours: summarise(await seenByPeers(ours)),
    floor: summarise(await seenByPeers(floor)),
  }
  const across = summarise(await seenAtAnotherNode(ours))
  const peers = { ours: seen.ours.p95, floor: seen.floor.p95, times: seen }
  return [
    row('acknowledged lines lost by kill -9', lost, atMost(0)),
    row('edit seen by a peer, 20 people x 20/s, p95 ms', peers, atMostMore(15)),
    row(
      'edit seen at another process, p95 ms',
      { ours: across.p95, floor: null, times: { ours: across } },
      atMost(30),
    ),
    ...(await idleMemory(sides)),
    ...(await newsToMany(sides)),
    await backAfterDrop(sides),
    ...(await equalAfterPartition(sides)),
    ...TRACE_NAMES.map(packedShare),
  ]
}

/** How many lines somebody was told are saved, and which are gone once server and browsers are. */
async function lostByKill(side: CollabSide): Promise<number> {
  const [node, textId] = [await side.start(), await side.aText()]
  const people = await side.open(node, textId, PEOPLE)
  const typists = people.map((writer, index) => aTypist(writer, `p${index}`))
  const stop = new AbortController()
  const typing = typists.map((typist) => typist.type(KEYS_PER_SECOND, stop.signal))
  await sleep(TYPING_MS)
  await node.kill()
  const saved = typists.flatMap((typist) => typist.acknowledged())
  stop.abort()
  leave(people)
  await Promise.all(typing)
  const next = await side.start()
  const [reader] = await side.open(next, textId, 1)
  const left = new Set(reader!.text().split('\n'))
  leave([reader!])
  await next.kill()
  return saved.filter((line) => !left.has(line)).length
}

/** How long each change takes to somebody else's browser, in milliseconds. */
async function seenByPeers(side: CollabSide): Promise<number[]> {
  const [node, textId] = [await side.start(), await side.aText()]
  const people = await side.open(node, textId, PEOPLE)
  const seenMs = await marked(people, (index) => people[(index + 1) % people.length]!)
  leave(people)
  await node.kill()
  return seenMs
}

async function seenAtAnotherNode(side: CollabSide): Promise<number[]> {
  const [one, other, textId] = [await side.start(), await side.start(), await side.aText()]
  const writers = await side.open(one, textId, PEOPLE / 2)
  const [reader] = await side.open(other, textId, 1)
  const seenMs = await marked(writers, () => reader!)
  leave([...writers, reader!])
  await Promise.all([one.kill(), other.kill()])
  return seenMs
}

/** Each writer sets a mark again and again; what is measured is until its peer has it. */
async function marked(
  writers: readonly TestWriter[],
  peerOf: (index: number) => TestWriter,
): Promise<number[]> {
  const seenMs: number[] = []
  let isWarm = false
  for (const index of writers.keys()) {
    const marks = marksOf(peerOf(index))
    marks.observe(({ keysChanged, transaction }) => {
      if (!isWarm || transaction.local || !keysChanged.has(`p${index}`)) return
      seenMs.push(performance.now() - marks.get(`p${index}`)!)
    })
  }
  const stop = new AbortController()
  const setting = writers.map(async (writer, index) => {
    await sleep((1_000 / KEYS_PER_SECOND / writers.length) * index)
    while (!stop.signal.aborted) {
      marksOf(writer).set(`p${index}`, performance.now())
      await sleep(1_000 / KEYS_PER_SECOND)
    }
  })
  await sleep(WARM_UP_MS)
  isWarm = true
  await sleep(TYPING_MS)
  stop.abort()
  await Promise.all(setting)
  await sleep(SEEN_LIMIT_MS)
  return seenMs
}

const marksOf = (writer: TestWriter): Y.Map<number> => writer.doc.getMap('marks')

const leave = (writers: readonly TestWriter[]) => {
  for (const writer of writers) writer.leave()
}

/** What packing saves of what was sent; beside it what merging the updates as they are would. */
function packedShare(name: string): Row {
  const updates = trace(name, TRACE_STEPS)
  const sent = updates.reduce((sum, each) => sum + each.length, 0)
  const saved = (bytes: number) => 100 * (1 - bytes / sent)
  // Reading it again and finding the same, to the byte, is part of packing.
  const ours = saved(pack({ snapshot: null, updates }).snapshot.length)
  const floor = saved(Y.mergeUpdates([...updates]).length)
  return row(`saved by packing, ${name}, %`, { ours, floor }, atLeast(70))
}
