import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, inject, onTestFailed, test } from 'vitest'
import { Client, Connection } from '@temporalio/client'
import { newId } from '#core/kernel/ids.ts'
import { signToken } from '#core/platform/access-token.ts'
import { sayYes, sendUntilTaken, worksWith, type Works } from './flow-load.ts'
import { anInstallation, type Installation } from './installation.ts'
import { aSink, type Sink } from './sink.ts'

/** `CHAOS_RUNS=300` is the full measure. */
const RUNS = Number(process.env['CHAOS_RUNS'] ?? 16)
/** A project asks servers 120 times a minute at most, and each run asks twice. */
const RUNS_PER_PROJECT = 40
const SEND_EVERY_MS = 20
const VICTIMS = ['worker', 'api', 'redis', 'temporal', 'postgres'] as const
/** All of them are struck while runs are under way. */
const STRIKE_EVERY_MS = 1_500
/** What died in the middle of a step is taken up after half a minute. */
const OVER_LIMIT_MS = 90_000 + RUNS * 600

let it: Installation
let sink: Sink

beforeAll(async () => {
  sink = await aSink()
  it = await anInstallation()
  return async () => {
    await it.stop()
    await sink.stop()
  }
})

test(
  'runs outlive the death of each part: none is lost, nothing is done twice, all finish',
  { timeout: OVER_LIMIT_MS + 60_000 },
  async () => {
    onTestFailed(() => console.error(it.lastWords()))
    const works = await Promise.all(
      Array.from({ length: Math.ceil(RUNS / RUNS_PER_PROJECT) }, () => worksWith(it, sink.port)),
    )
    const sent = Array.from({ length: RUNS }, (_, run) => ({
      id: newId(),
      to: works[run % works.length]!,
    }))
    const answering = works.map(async (each) =>
      sayYes(
        it,
        each,
        await signToken(it.keys, 'api', each.board.ownerId),
        countOf(sent, each),
        OVER_LIMIT_MS,
      ),
    )
    const sending = sent.map(async ({ id, to }, run) => {
      await sleep(run * SEND_EVERY_MS)
      await sendUntilTaken(it, to, id)
    })
    for (const victim of VICTIMS) {
      await sleep(STRIKE_EVERY_MS)
      it.kill(victim)
    }
    await Promise.all([...sending, ...answering])

    const ids = works.map(({ flowId }) => flowId)
    const done = () => it.database('flow_runs').whereIn('flow_id', ids).pluck('status')
    const all = sent.map(() => 'done')
    await expect.poll(done, { timeout: OVER_LIMIT_MS, interval: 500 }).toEqual(all)
    const asked = sent.flatMap(({ id }) => [`after ${id}`, `before ${id}`])
    expect([...sink.done.values()].sort()).toEqual(asked.sort())
    expect(sink.strange).toEqual([])
    const cards = works.map(({ cardId }) => cardId)
    const told: string[] = await it.database('comments').whereIn('card_id', cards).pluck('body')
    expect(told.sort()).toEqual(sent.map(({ id }) => id).sort())
    expect(await left()).toBe(0)
  },
)

const countOf = (sent: readonly { to: Works }[], works: Works) =>
  sent.filter(({ to }) => to === works).length

/** Workflows of runs that have not come to their end. */
async function left(): Promise<number> {
  const connection = await Connection.connect({ address: inject('temporalAddress') })
  const query = `TaskQueue = '${it.automationQueue}' AND ExecutionStatus = 'Running'`
  const { count } = await new Client({ connection }).workflow.count(query)
  await connection.close()
  return count
}
