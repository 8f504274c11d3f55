import {
  WorkflowFailedError,
  WorkflowNotFoundError,
  type WorkflowUpdateFailedError,
} from '@temporalio/client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { AutomationStart } from '#core/contracts/flows/run.ts'
import { newId } from '#core/kernel/ids.ts'
import { jobEventsAfter } from '#core/platform/job-events.ts'
import { openRedis } from '#core/platform/redis.ts'
import { anAutomation } from '#tests/support/automation.ts'
import { anEngine } from '#tests/support/engine.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { aFlow, say, step } from '#tests/support/flows/a-flow.ts'
import { ownTemporal, type OwnTemporal } from '#tests/support/own-temporal.ts'
import { decide, happened } from './automation-signals.ts'

/** After so many events the server says that a workflow should go on in a new one. */
const EVENTS_BEFORE_ANEW = 60

let temporal: OwnTemporal
let it: Awaited<ReturnType<typeof anEngine>>
let automation: Awaited<ReturnType<typeof anAutomation>>
let board: SomeBoard
let ann: string

beforeAll(async () => {
  const suggest = `limit.historyCount.suggestContinueAsNew=${EVENTS_BEFORE_ANEW}`
  temporal = await ownTemporal([`--dynamic-config-value=${suggest}`])
  const { address: temporalAddress } = temporal
  const [postgresUrl, redisUrl] = [inject('postgresUrl'), inject('redisUrl')]
  it = await anEngine({ postgresUrl, redisUrl, temporalAddress })
  automation = await anAutomation(it, temporalAddress)
  board = await aBoard(it.database)
  ann = await aMember(it.database, board, 'member')
})
afterAll(async () => {
  await automation.stop()
  await it.stop()
  await temporal.stop()
})

/** What those who look on were told of a run. */
async function followed(runId: string): Promise<string[]> {
  const redis = openRedis(inject('redisUrl'))
  const events = await jobEventsAfter(redis, it.redisPrefix, runId, undefined)
  redis.disconnect()
  return events.map(({ event }) =>
    event.kind === 'status' ? event.status : `${event.stepId} ${event.status}`,
  )
}

const commentsOn = async (cardId: string): Promise<string[]> =>
  await it.database('comments').where({ card_id: cardId }).orderBy('created_at').pluck('body')
const columnOf = async (cardId: string): Promise<string> =>
  (await it.database('cards').where({ id: cardId }).first()).column_id
const move = (id: string, column: string) =>
  step(id, 'card.move', { columnId: board.columns[column]! })

/** In Review somebody is asked; yes moves on, no or no answer moves back with a comment. */
const review = (timeout: string) =>
  aFlow([
    step('ask', 'approval', { to: [ann], question: 'Good enough?', timeout }),
    step(
      'answer',
      'branch',
      { cases: [{ id: 'yes', when: { field: 'steps.ask.approved', op: 'is', value: true } }] },
      { yes: [move('on', 'Done')], else: [move('back', 'To do'), say('why', 'Not yet.')] },
    ),
  ])

test('a flow asks, is answered, and moves the card as its actor', async () => {
  const cardId = await aCard(it.database, board)
  const runId = newId()
  const handle = await automation.start(review('P2D'), board, cardId, { runId })
  const answer = { step: 'ask', userId: ann, approved: true, comment: '' }
  expect(await handle.executeUpdate(decide, { args: [answer] })).toBe('taken')
  expect(await handle.result()).toEqual({ status: 'done' })
  expect(await columnOf(cardId)).toBe(board.columns['Done'])
  const [line] = await it.database('audit_log').where({ target_id: cardId })
  expect(line).toMatchObject({ action: 'card.move', actor_id: board.ownerId, decision: 'allowed' })

  const told = await followed(runId)
  expect([told[0], told.at(-1)]).toEqual(['running', 'done'])
  expect(told.filter((event) => event.startsWith('on '))).toEqual(['on running', 'on done'])
})

test('the wrong person, a second answer and a late one are refused; time decides when nobody does', async () => {
  const cardId = await aCard(it.database, board)
  const flow = aFlow([
    step('ask', 'approval', { to: [ann, board.ownerId], question: '?', min: 2, timeout: 'PT2S' }),
    say('then', '{{ steps.ask.approved }} {{ steps.ask.timedOut }}'),
  ])
  const handle = await automation.start(flow, board, cardId)
  const vote = async (userId: string) =>
    await handle
      .executeUpdate(decide, { args: [{ step: 'ask', userId, approved: true, comment: '' }] })
      .catch((error: unknown) => (error as WorkflowUpdateFailedError).cause)
  expect(await vote(ann)).toBe('taken')
  expect(await vote(ann)).toMatchObject({ type: 'approval.answered' })
  const stranger = await aMember(it.database, board, 'member')
  expect(await vote(stranger)).toMatchObject({ type: 'approval.not_yours' })
  expect(await handle.result()).toEqual({ status: 'done' })
  await expect(
    handle.executeUpdate(decide, {
      args: [{ step: 'ask', userId: board.ownerId, approved: true, comment: '' }],
    }),
  ).rejects.toBeInstanceOf(WorkflowNotFoundError)
  expect(await commentsOn(cardId)).toEqual(['false true'])
})

test('a refusal fails the run by its code, and what was done is taken back', async () => {
  const cardId = await aCard(it.database, board)
  const back = step('back', 'card.move', { columnId: board.columns['To do']! })
  const flow = aFlow([
    { ...move('on', 'Done'), blocks: { undo: [back] } },
    step('off', 'card.label', { labelId: board.columns['Done']! }),
  ])
  const handle = await automation.start(flow, board, cardId)
  const error = await handle.result().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(WorkflowFailedError)
  expect((error as WorkflowFailedError).cause).toMatchObject({ type: 'label.not_found' })
  expect(await columnOf(cardId)).toBe(board.columns['To do'])
})

test('a run that waits is cancelled within moments, and what it did is taken back', async () => {
  const cardId = await aCard(it.database, board)
  const back = step('back', 'card.move', { columnId: board.columns['To do']! })
  const flow = aFlow([
    { ...move('on', 'Done'), blocks: { undo: [back] } },
    step('wait', 'wait', { for: 'P7D' }),
  ])
  const handle = await automation.start(flow, board, cardId)
  await expect.poll(() => columnOf(cardId)).toBe(board.columns['Done'])
  await expect.poll(async () => statusOf(await handle.describe())).toBe('waiting')
  const cancelledMs = performance.now()
  await handle.cancel()
  await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
  expect(performance.now() - cancelledMs).toBeLessThan(5_000)
  expect((await handle.describe()).status.name).toBe('CANCELLED')
  expect(automation.settled.at(-1)).toMatchObject({ end: { status: 'cancelled' } })
  expect(await columnOf(cardId)).toBe(board.columns['To do'])
})

const statusOf = ({ searchAttributes }: { searchAttributes: object }) =>
  (searchAttributes as { RunStatus?: string[] }).RunStatus?.[0]

test('a run hears of what happens to its card, and of two starts for one cause one runs', async () => {
  const cardId = await aCard(it.database, board)
  const when = { field: 'event.to', op: 'is', value: 'Done' }
  const flow = aFlow([
    say('first'),
    step('wait', 'wait-for-event', { event: 'card.moved', when, timeout: 'P1D' }),
    say('then', '{{ steps.wait.event.to }}'),
  ])
  const runId = board.boardId
  const flowId = board.projectId
  const handle = await automation.start(flow, board, cardId, { runId, cause: runId, flowId })
  await automation.start(flow, board, cardId, { runId, cause: runId, flowId })
  await expect.poll(async () => statusOf(await handle.describe())).toBe('waiting')
  await handle.signal(happened, { type: 'card.moved', cardId, to: 'To do' })
  await handle.signal(happened, { type: 'card.moved', cardId, to: 'Done' })
  expect(await handle.result()).toEqual({ status: 'done' })
  expect(await commentsOn(cardId)).toEqual(['first', 'Done'])
})

test('a long run goes on in a new one from where it was', async () => {
  const cardId = await aCard(it.database, board)
  const items = Array.from({ length: 30 }, (_, index) => index)
  const flow = aFlow(
    [
      step(
        'each',
        'for-each',
        { items },
        {
          do: [
            step('n', 'set-variable', { name: 'n', cel: 'vars.n + 1' }),
            say('c', 'Round {{ vars.n }}'),
            // An activity of its own, with events enough.
            step('tell', 'email.send', { to: [board.ownerId], subject: 'Hello', text: 'Hello.' }),
          ],
        },
      ),
      say('end', 'All {{ vars.n }}'),
    ],
    { variables: { n: 0 } },
  )
  const handle = await automation.start(flow, board, cardId)
  expect(await handle.result()).toEqual({ status: 'done' })
  expect(await commentsOn(cardId)).toEqual([...items.map((n) => `Round ${n + 1}`), 'All 30'])
  const { runId, historyLength, raw } = await handle.describe()
  const { firstRunId } = raw.workflowExecutionInfo!
  expect(runId).not.toBe(firstRunId)
  expect(historyLength).toBeLessThan(2 * EVENTS_BEFORE_ANEW)
})

test('a step on a card takes four events of the history at most', async () => {
  const cardId = await aCard(it.database, board)
  const flow = aFlow(['a', 'b', 'c', 'd', 'e'].map((id) => say(id)))
  const handle = await automation.start(flow, board, cardId)
  await handle.result()
  expect(await commentsOn(cardId)).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect((await handle.describe()).historyLength / 5).toBeLessThanOrEqual(4)
  const { events } = await handle.fetchHistory()
  const labels = events!.flatMap(({ userMetadata }) => userMetadata?.summary?.data ?? [])
  expect(labels.map((each) => JSON.parse(Buffer.from(each).toString()))).toContain('a')
})

test('a flow makes cards once, finds them, reads them, and changes what others change too', async () => {
  const own = await aBoard(it.database)
  const cardId = await aCard(it.database, own)
  const [columnId, labelId] = [own.columns['Done']!, own.columns['Done']!]
  const flow = aFlow([
    step('make', 'cards.create', { columnId, titles: ['One', 'Two'] }),
    step('find', 'cards.find', { columnId, untouchedForDays: 30 }),
    step('new', 'cards.find', { columnId, max: 5 }),
    step(
      'each',
      'for-each',
      { items: '{{ steps.new.cardIds }}', atOnce: 2 },
      {
        do: [
          step('change', 'card.edit', { target: '{{ loop.item }}', changes: { points: 5 } }),
          step('now', 'card.read', { cardId: '{{ loop.item }}' }),
          step('two', 'card.edit', {
            target: '{{ loop.item }}',
            changes: { title: '{{ steps.now.card.title }}: {{ steps.now.card.points }}' },
          }),
        ],
      },
    ),
    step(
      'try',
      'try',
      {},
      {
        do: [step('off', 'card.label', { labelId })],
        catch: [say('caught', '{{ error.code }} {{ steps.find.count }} {{ steps.new.count }}')],
      },
    ),
    say('number', '{{ steps.new.count }}'),
  ])
  const handle = await automation.start(flow, own, cardId)
  expect(await handle.result()).toEqual({ status: 'done' })
  const titles = await it
    .database('cards')
    .where({ column_id: columnId })
    .orderBy('rank')
    .pluck('title')
  expect(titles).toEqual(['One: 5', 'Two: 5'])
  expect(await commentsOn(cardId)).toEqual(['label.not_found 0 2', '2'])
})

test('a flow sees and does no more than its actor may', async () => {
  const other = await aBoard(it.database)
  const foreign = await aCard(it.database, other)
  const viewer = await aMember(it.database, board, 'viewer')
  const cardId = await aCard(it.database, board)
  const failure = async (flow: ReturnType<typeof aFlow>, actorId: string) => {
    const handle = await automation.start(flow, board, cardId, { actorId })
    const error = await handle.result().catch((thrown: unknown) => thrown)
    return ((error as WorkflowFailedError).cause as { type?: string }).type
  }
  expect(await failure(aFlow([say('a')]), viewer)).toBe('card.not_found')
  const reach = aFlow([step('a', 'comment.add', { target: foreign, text: 'Hello' })])
  expect(await failure(reach, board.ownerId)).toBe('card.not_found')
  const read = aFlow([step('a', 'card.read', { cardId: foreign })])
  expect(await failure(read, board.ownerId)).toBe('card.not_found')
})

test('a run that somebody starts by hand does nothing, whatever it says of itself', async () => {
  const cardId = await aCard(it.database, board)
  const handle = await automation.start(aFlow([say('a')]), board, cardId)
  await handle.result()
  const { events } = await handle.fetchHistory()
  const { payloads } = events![0]!.workflowExecutionStartedEventAttributes!.input!
  const start = JSON.parse(Buffer.from(payloads![0]!.data!).toString()) as AutomationStart
  const undo = [{ key: 'x', steps: [step('x', 'comment.add', { target: cardId, text: 'Forged' })] }]
  const state = {
    semantics: 1,
    startedMs: 0,
    phase: 'taking back',
    steps: {},
    vars: {},
    undo,
    cards: 0,
  }
  for (const forged of [
    { ...start, actorId: ann },
    { ...start, state },
    { ...start, mac: '' },
  ]) {
    const { taskQueue } = automation
    const options = { taskQueue, workflowId: `forged/${newId()}`, args: [forged] }
    const running = it.client.workflow.execute('runAutomation', options)
    const error = await running.catch((thrown: unknown) => thrown)
    const { cause } = error as WorkflowFailedError
    expect(cause?.cause ?? cause).toMatchObject({ type: 'permission.denied' })
  }
  expect(await commentsOn(cardId)).toEqual(['a'])
})
