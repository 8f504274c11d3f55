import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Killable } from '#tests/support/killable.ts'
import type { CollabSide, TwoCollabs } from '../collab-sides.ts'
import { AT_ONCE, eachOf } from '../crowd.ts'
import { aRawViewer } from '../raw-viewer.ts'
import { atMostTimes, row, type Row } from '../row.ts'

const IDLE = 2_000
const IDLE_PER_TEXT = 5
/** A heap grows in steps; after so many it grows with what is there. */
const WARM_UP = 1_000
const SETTLED_AFTER_MS = 3_000

/**
 * Memory of a server per connection that only listens, in KB: what its heap keeps, and what the process
 * grows by, which moves in large steps.
 */
export async function idleMemory({ ours, floor, tokens }: TwoCollabs): Promise<Row[]> {
  const ofSide = async (side: CollabSide) => {
    const node = await side.start()
    const texts = await eachOf(Array.from({ length: IDLE / IDLE_PER_TEXT }), 1, side.aText)
    const look = async (textId: string, index: number) =>
      await aRawViewer(node.port, `card:${textId}`, tokens[index % tokens.length]!)
    // What the first need is not what each needs.
    const first = await eachOf(allOf(texts, WARM_UP), AT_ONCE, look)
    const before = await memoryOf(node)
    const viewers = await eachOf(allOf(texts, IDLE), AT_ONCE, look)
    const after = await memoryOf(node)
    for (const viewer of [...first, ...viewers]) viewer.leave()
    await node.kill()
    return {
      keptKb: (after.keptKb - before.keptKb) / IDLE,
      residentKb: (after.residentKb - before.residentKb) / IDLE,
    }
  }
  const [a, b] = [await ofSide(ours), await ofSide(floor)]
  return [
    row(
      `memory kept per idle connection, ${IDLE} of them, KB`,
      { ours: a.keptKb, floor: b.keptKb },
      atMostTimes(1.2),
    ),
    row(
      `resident memory per idle connection, KB`,
      { ours: a.residentKb, floor: b.residentKb },
      atMostTimes(1.2),
    ),
  ]
}

/** Both once the rubbish is collected, and what that has freed given back. */
async function memoryOf(node: Killable): Promise<{ keptKb: number; residentKb: number }> {
  await sleep(SETTLED_AFTER_MS)
  const keptKb = (await node.keptBytes()) / 1024
  await sleep(SETTLED_AFTER_MS)
  return { keptKb, residentKb: residentKb(node.pid) }
}

const allOf = (texts: readonly string[], count: number) =>
  Array.from({ length: count }, (_, index) => texts[index % texts.length]!)

const residentKb = (pid: number) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' }))
