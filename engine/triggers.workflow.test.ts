import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { doOnce } from '#activities/actions/do-once.ts'
import { startFlows } from '#activities/automation/start-flows.ts'
import { anAutomation } from '#tests/support/automation.ts'
import { aCommand, aRunPlace } from '#tests/support/command.ts'
import { anEngine } from '#tests/support/engine.ts'
import { aBoard, aCard, type SomeBoard } from '#tests/support/fixtures.ts'
import { draft, say, step } from '#tests/support/flows/a-flow.ts'
import { automationId } from '#core/kernel/automation-id.ts'
import { startAutomation, tellAutomation } from './start-automation.ts'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'

let it: Awaited<ReturnType<typeof anEngine>>
let automation: Awaited<ReturnType<typeof anAutomation>>
let board: SomeBoard

beforeAll(async () => {
  it = await anEngine()
  automation = await anAutomation(it)
  board = await aBoard(it.database)
})
afterAll(async () => {
  await automation.stop()
  await it.stop()
})

const aPublished = async (content: object, wishes: { boardId?: string } = {}) =>
  await aPublishedFlow(it.database, board, content, wishes)

const rows = async (): Promise<string[]> =>
  await it
    .database('outbox')
    .where({ topic: 'flows' })
    .whereNull('done_at')
    .orderBy('id')
    .pluck('id')

/** Follows up what the outbox holds, as the queue's worker does. */
async function followUp(again?: readonly string[]): Promise<void> {
  const handler = startFlows({
    startRun: (...run) => startAutomation(it.client, aRunPlace(automation.taskQueue), ...run),
    tellRun: (...event) => tellAutomation(it.client, ...event),
  })
  for (const id of again ?? (await rows())) await doOnce(automation.database, id, handler)
}

const runsOf = async (flow_id: string) =>
  await it.database('flow_runs').where({ flow_id }).orderBy('started_at')
const commentsOn = async (cardId: string): Promise<string[]> =>
  await it.database('comments').where({ card_id: cardId }).orderBy('created_at').pluck('body')

async function move(cardId: string, column: string): Promise<void> {
  const body = { columnId: board.columns[column]! }
  const command = await aCommand(it.database, board.ownerId, 'card.move', cardId, body)
  expect(await it.engine.submit(command, 'outcome')).toMatchObject({ status: 'done' })
}

test('boards without flows leave no word for them', async () => {
  await move(await aCard(it.database, board), 'Done')
  expect(await rows()).toEqual([])
})

test('each event starts each flow that waits for it once, whatever is asked again', async () => {
  const [todo, done] = [board.columns['To do']!, board.columns['Done']!]
  const on = (to: string) => ({ trigger: { type: 'card.moved', with: { to: [to], from: [todo] } } })
  const text = '{{ trigger.from }} {{ trigger.to }} {{ card.title }}'
  const first = await aPublished(draft([say('a', text)], on(done)))
  const second = await aPublished(draft([say('b', 'second')], on(done)), {
    boardId: board.boardId,
  })
  const other = await aPublished(draft([say('c', 'never')], on(todo)))
  const filter = { field: 'card.title', op: 'is', value: 'Something else' }
  const sieve = { trigger: { type: 'card.moved', filter } }
  const sieved = await aPublished(draft([say('d', 'never')], sieve))
  const cardId = await aCard(it.database, board)
  await move(cardId, 'Done')
  const told = await rows()
  expect(told).toHaveLength(1)
  await followUp()
  // As after a crash between the start of the runs and the end of the transaction.
  await it.database('outbox').whereIn('id', told).update({ done_at: null })
  await it.database('flow_runs').where({ flow_id: first }).delete()
  await followUp(told)
  for (const flow of [first, second]) {
    expect(await runsOf(flow)).toHaveLength(1)
    await expect.poll(async () => (await runsOf(flow))[0].status).toBe('done')
  }
  expect(await runsOf(other)).toEqual([])
  expect(await runsOf(sieved)).toEqual([])
  const [card] = await it.database('cards').where({ id: cardId })
  expect((await commentsOn(cardId)).sort()).toEqual(
    [`${todo} ${done} ${card.title}`, 'second'].sort(),
  )
  await it.database('flows').update({ active: false })
})

test('what a flow does starts no flow, unless that one asks for it; then it knows which led to it', async () => {
  const trigger = { type: 'card.moved' }
  const mover = await aPublished(
    draft([step('m', 'card.label', { labelId: await aLabel() })], { trigger }),
  )
  const quiet = await aPublished(draft([say('q')], { trigger: { type: 'card.labelled' } }))
  const heard = await aPublished(
    draft([say('h', '{{ trigger.labelId | size }}')], {
      trigger: { type: 'card.labelled', byFlows: true },
    }),
  )
  const cardId = await aCard(it.database, board)
  await move(cardId, 'Done')
  await followUp()
  await expect.poll(async () => (await runsOf(mover))[0].status).toBe('done')
  await followUp()
  expect(await runsOf(quiet)).toEqual([])
  const [{ id }] = await runsOf(mover)
  expect(await runsOf(heard)).toMatchObject([{ chain: [mover], caused_by: id }])
  await expect.poll(async () => (await runsOf(heard))[0].status).toBe('done')
  await it.database('flows').update({ active: false })
})

async function aLabel(): Promise<string> {
  const id = newId()
  const { workspaceId: workspace_id, projectId: project_id } = board
  await it
    .database('labels')
    .insert({ id, workspace_id, project_id, name: id.slice(0, 30), colour: 'red' })
  return id
}

test('a flow runs as often in an hour as it may, and the rest is written down', async () => {
  const limits = { runsPerHour: 2 }
  const flow = await aPublished(draft([say('a')], { limits, trigger: { type: 'card.moved' } }))
  const cardId = await aCard(it.database, board)
  for (const column of ['Done', 'To do', 'Done']) await move(cardId, column)
  await followUp()
  const statuses = (await runsOf(flow)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 'throttled')).toHaveLength(1)
  expect(statuses).toHaveLength(3)
  await it.database('flows').update({ active: false })
})

test('a run that waits for its card to move hears of it, once, and not of what set it off', async () => {
  const wait = (id: string) => step(id, 'wait-for-event', { event: 'card.moved', timeout: 'P1D' })
  const trigger = { type: 'card.moved', with: { to: [board.columns['Done']!] } }
  const steps = [wait('one'), say('a', '{{ steps.one.event.to }}'), wait('two'), say('b')]
  const flow = await aPublished(draft(steps, { trigger }))
  const cardId = await aCard(it.database, board)
  await move(cardId, 'Done')
  await followUp()
  await move(cardId, 'To do')
  const told = await rows()
  await followUp()
  await expect.poll(() => commentsOn(cardId)).toEqual([board.columns['To do']])
  await it.database('outbox').whereIn('id', told).update({ done_at: null })
  await followUp(told)
  const [run] = await runsOf(flow)
  const handle = it.client.workflow.getHandle(automationId(flow, run.cause))
  await expect.poll(async () => (await handle.describe()).historyLength).toBeGreaterThan(20)
  expect(await commentsOn(cardId)).toHaveLength(1)
  await handle.terminate()
})
