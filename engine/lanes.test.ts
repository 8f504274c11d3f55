import { expect, test } from 'vitest'
import type { Command } from '#core/contracts/command.ts'
import { seeded } from '#tests/support/seeded.ts'
import { Lanes, type Waiting } from './lanes.ts'

let made = 0

function waiting(workspaceId: string, sinceMs = 0, bytes = 100): Waiting {
  made += 1
  return { command: { id: `${made}`, workspaceId } as Command, bytes, sinceMs }
}

/** Lanes in which so many commands of one workspace wait. */
function lanesWith(count: number, workspaceId = 'one'): Lanes<Waiting> {
  const lanes = new Lanes<Waiting>()
  for (let each = 0; each < count; each += 1) lanes.add(waiting(workspaceId))
  return lanes
}

test('a lane takes 512 commands and no more', () => {
  const lanes = lanesWith(512)
  expect(lanes.add(waiting('one'))).toBe(false)
  expect(lanes.add(waiting('another'))).toBe(true)
})

test('a batch holds 64 commands, and the next of its workspace waits for it', () => {
  const lanes = lanesWith(65)
  const first = lanes.take(0)!
  expect(first.items).toHaveLength(64)
  expect(lanes.take(0)).toBeUndefined()
  lanes.done('one', first.mark, 0)
  expect(lanes.take(12)?.items).toHaveLength(1)
})

test('what waits as a batch ends is joined by those just answered, for twelve milliseconds', () => {
  const lanes = lanesWith(2)
  const first = lanes.take(0)!
  lanes.add(waiting('one'))
  lanes.done('one', first.mark, 20)
  expect(lanes.take(31)).toBeUndefined()
  expect(lanes.patienceMs(31)).toBe(1)
  lanes.add(waiting('one'))
  lanes.add(waiting('one'))
  expect(lanes.take(31)?.items).toHaveLength(3)
})

test('after a batch of several the first to come again waits for the others', () => {
  const lanes = lanesWith(2)
  const first = lanes.take(0)!
  lanes.done('one', first.mark, 20)
  lanes.add(waiting('one', 21))
  expect(lanes.take(21)).toBeUndefined()
  lanes.add(waiting('one', 22))
  expect(lanes.take(22)?.items).toHaveLength(2)
})

test('somebody who works alone waits for nobody', () => {
  const lanes = lanesWith(1)
  const first = lanes.take(0)!
  lanes.done('one', first.mark, 20)
  lanes.add(waiting('one', 20))
  expect(lanes.take(20)?.items).toHaveLength(1)
})

test('a batch ends before the command that would make it too large', () => {
  const lanes = new Lanes<Waiting>()
  for (let each = 0; each < 3; each += 1) lanes.add(waiting('one', 0, 120 * 1024))
  expect(lanes.take(0)?.items).toHaveLength(2)
})

test('a batch that takes long holds up the next for three seconds', () => {
  const lanes = lanesWith(65)
  lanes.take(0)
  expect(lanes.patienceMs(1_000)).toBe(2_000)
  expect(lanes.take(2_999)).toBeUndefined()
  expect(lanes.take(3_000)?.items).toHaveLength(1)
})

/** The workspaces whose batches may start now, in turn. */
const started = (lanes: Lanes<Waiting>) => {
  const names: string[] = []
  for (let batch = lanes.take(40); batch; batch = lanes.take(40)) {
    names.push(batch.items[0]!.command.workspaceId)
  }
  return names
}

test('two batches are in flight at once, and the workspace that has waited longest goes next', () => {
  const lanes = new Lanes<Waiting>()
  for (const [place, name] of ['late', 'early', 'later'].entries()) {
    for (let each = 0; each < 8; each += 1) lanes.add(waiting(name, [20, 10, 30][place]))
  }
  expect(started(lanes)).toEqual(['early', 'late'])
})

test('of people who are each alone in their workspace sixteen are served at once', () => {
  const lanes = new Lanes<Waiting>()
  for (let each = 0; each < 17; each += 1) lanes.add(waiting(`workspace ${each}`, each))
  expect(started(lanes)).toHaveLength(16)
})

test('who has waited too long for a turn is told so, and the others keep their place', () => {
  const lanes = new Lanes<Waiting>()
  const [late, other, fresh] = [waiting('one', 0), waiting('another', 0), waiting('one', 1_000)]
  for (const each of [late, other, fresh]) lanes.add(each)
  expect(lanes.giveUp(5_999)).toEqual([])
  expect(lanes.giveUp(6_000)).toEqual([late, other])
  expect(lanes.take(6_000)?.items).toEqual([fresh])
})

test.each([1, 2, 3, 4])(
  'whatever is not taken at a moment is asked for again, moment by moment (seed %i)',
  (seed) => {
    const random = seeded(seed)
    const below = (count: number) => Math.floor(random() * count)
    const lanes = new Lanes<Waiting>()
    const inFlight: { name: string; mark: symbol }[] = []
    let [nowMs, added, taken] = [1_000 * random(), 0, 0]
    const takeAll = () => {
      for (let batch = lanes.take(nowMs); batch; batch = lanes.take(nowMs)) {
        const name = batch.items[0]!.command.workspaceId
        inFlight.push({ name, mark: batch.mark })
        taken += batch.items.length
      }
    }
    const end = (batch = inFlight.splice(below(inFlight.length), 1)[0]) =>
      batch && lanes.done(batch.name, batch.mark, nowMs)
    for (let step = 0; step < 5_000; step += 1) {
      if (random() < 0.5) added += Number(lanes.add(waiting(`${below(4)}`, nowMs)))
      if (random() < 0.3) end()
      takeAll()
      const waitMs = lanes.patienceMs(nowMs)
      expect(waitMs === undefined).toBe(added === taken)
      // Timers come a little early or late; the very end of a wait is where a sum may be off.
      nowMs += random() < 0.5 ? (waitMs ?? random()) : random() * 5
    }
    for (; inFlight.length > 0; nowMs += 3_000) {
      end()
      takeAll()
    }
    expect(taken).toBe(added)
  },
)
