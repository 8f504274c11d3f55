import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { JobEvent } from '#core/contracts/jobs.ts'
import { newId } from '#core/kernel/ids.ts'
import { signToken } from '#core/platform/access-token.ts'
import { jobTeller, type TellJob } from '#core/platform/job-events.ts'
import { anApi } from '#tests/support/api.ts'
import { aStream, type TestStream } from '#tests/support/event-stream.ts'
import { aBoard, aUser, type SomeBoard } from '#tests/support/fixtures.ts'
import { aRun } from '#tests/support/flows/a-run.ts'

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard
let runId: string
let tell: TellJob
const streams: TestStream[] = []

beforeAll(async () => {
  api = await anApi()
  tell = jobTeller(api.parts.redis, api.parts.config.REDIS_PREFIX)
  return api.stop
})
beforeEach(async () => {
  board = await aBoard(api.database)
  runId = await aRun(api.database, board)
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.leave()
})

const soon = (check: () => void, timeout = 5_000) => vi.waitFor(check, { timeout, interval: 10 })

async function follow(jobId = runId, as = board.ownerId, headers = {}): Promise<TestStream> {
  const token = await signToken(api.parts.keys, 'api', as)
  const stream = await aStream(`${api.url}/api/v1/jobs/${jobId}/events`, token, headers)
  streams.push(stream)
  return stream
}

const at = new Date().toISOString()
const began: JobEvent = { kind: 'status', at, status: 'running' }
const moved = (status: 'running' | 'done'): JobEvent => ({
  kind: 'step',
  at,
  key: 'move',
  stepId: 'move',
  type: 'card.move',
  label: 'Move the card',
  status,
})
const ended = async (status: string) => {
  await api.database('flow_runs').where({ id: runId }).update({ status, ended_at: at })
}
const told = (stream: TestStream) => stream.told.map(({ data }) => data)

test('what happens in a run is told from its beginning until it is over, and no further', async () => {
  tell(runId, began)
  tell(runId, moved('running'))
  const stream = await follow()
  await soon(() => expect(told(stream)).toEqual([began, moved('running')]))
  tell(runId, moved('done'))
  await soon(() => expect(told(stream)).toHaveLength(3))
  await ended('done')
  tell(runId, { kind: 'status', at, status: 'done' })
  await stream.over
  expect(told(stream)).toEqual([
    began,
    moved('running'),
    moved('done'),
    { kind: 'status', at, status: 'done' },
  ])
})

test('who comes back is told what followed the event they heard last', async () => {
  for (const event of [began, moved('running'), moved('done')]) tell(runId, event)
  const first = await follow()
  await soon(() => expect(first.told).toHaveLength(3))
  const again = await follow(runId, board.ownerId, { 'last-event-id': first.told[1]!.id! })
  await soon(() => expect(told(again)).toEqual([moved('done')]))
})

test('how a run ended is told though Redis knows nothing of it', async () => {
  await ended('cancelled')
  const stream = await follow()
  await stream.over
  expect(told(stream)).toEqual([{ kind: 'status', at, status: 'cancelled' }])
})

test('a run is told to who may see its project, and other jobs are nowhere', async () => {
  expect((await follow(runId, await aUser(api.database))).status).toBe(404)
  expect((await follow(newId())).status).toBe(404)
})
