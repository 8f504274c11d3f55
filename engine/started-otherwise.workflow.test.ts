import { ScheduleNotFoundError } from '@temporalio/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Trying } from '#core/contracts/flows/trying.ts'
import { newId } from '#core/kernel/ids.ts'
import { makeLog } from '#core/platform/log.ts'
import { doOnce } from '#activities/actions/do-once.ts'
import { findLostRuns } from '#activities/automation/find-lost-runs.ts'
import { requestFlow } from '#activities/automation/request-flow.ts'
import { runAgain } from '#activities/automation/run-again.ts'
import { startDue } from '#activities/automation/start-due.ts'
import { startFlows } from '#activities/automation/start-flows.ts'
import { startRequested } from '#activities/automation/start-requested.ts'
import { anAutomation } from '#tests/support/automation.ts'
import { aCommand, aRunPlace } from '#tests/support/command.ts'
import { anEngine } from '#tests/support/engine.ts'
import { aBoard, aCard, type SomeBoard } from '#tests/support/fixtures.ts'
import { aFlow, draft, say, step } from '#tests/support/flows/a-flow.ts'
import { automationState } from './start-automation.ts'
import { keepInStep } from './keep-schedules.ts'
import { RunControl } from './run-control.ts'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'

let it: Awaited<ReturnType<typeof anEngine>>
let automation: Awaited<ReturnType<typeof anAutomation>>
let control: RunControl
let board: SomeBoard

beforeAll(async () => {
  it = await anEngine()
  automation = await anAutomation(it)
  const { taskQueue } = automation
  control = new RunControl(it.client, aRunPlace(taskQueue))
  board = await aBoard(it.database)
})
afterAll(async () => {
  await automation.stop()
  await it.stop()
})

const aPublished = async (steps: Parameters<typeof draft>[0], trigger: object) =>
  await aPublishedFlow(it.database, board, draft(steps, { trigger }))

const runsOf = async (flow_id: string) =>
  await it.database('flow_runs').where({ flow_id, kind: 'live' }).orderBy('started_at')
const over = async (flowId: string, count = 1) =>
  await expect
    .poll(async () => (await runsOf(flowId)).map(({ status }) => status))
    .toEqual(Array.from({ length: count }, () => 'done'))
const commentsOn = async (cardId: string): Promise<string[]> =>
  await it.database('comments').where({ card_id: cardId }).orderBy('created_at').pluck('body')

async function followUp(topic: string): Promise<void> {
  const { startRun } = automation
  const handler =
    topic === 'flows' ? startFlows({ startRun, tellRun: async () => {} }) : startRequested(startRun)
  const ids = await it.database('outbox').where({ topic }).whereNull('done_at').pluck('id')
  for (const id of ids) await doOnce(automation.database, id, handler)
}

test('a message from outside starts one run however often it is sent, and a button one for each press', async () => {
  const cardId = await aCard(it.database, board)
  const text = '{{ trigger.body.n }} {{ trigger.deliveryId }}'
  const hooked = await aPublished([step('a', 'comment.add', { target: cardId, text })], {
    type: 'webhook',
  })
  const given = { body: { n: 7 }, headers: {}, deliveryId: 'one' }
  const asked = { flowId: hooked, deliveryId: 'one', userId: null, cardId: null, given }
  const kind = 'webhook' as const
  expect(await requestFlow(it.database, { ...asked, kind })).toBe('taken')
  expect(await requestFlow(it.database, { ...asked, kind })).toBe('known')
  expect(await requestFlow(it.database, { ...asked, kind: 'button.card' })).toBe('nobody')
  const pressed = await aPublished([say('b', 'Pressed by {{ trigger.actorId | size }}')], {
    type: 'button.card',
    with: { label: 'Split' },
  })
  const press = { kind: 'button.card' as const, userId: board.ownerId, cardId, given: {} }
  for (const deliveryId of ['1', '2']) {
    await requestFlow(it.database, { flowId: pressed, deliveryId, ...press })
  }
  await followUp('flow-requests')
  await over(hooked)
  await over(pressed, 2)
  expect((await commentsOn(cardId)).sort()).toEqual(['7 one', 'Pressed by 36', 'Pressed by 36'])
})

test('a card that is due starts a flow once for its day, and columns start flows too', async () => {
  const cardId = await aCard(it.database, board)
  const today = new Date().toISOString().slice(0, 10)
  await it.database('cards').where({ id: cardId }).update({ due_on: today })
  const soon = await aPublished([say('a', 'Soon: {{ card.dueOn }}')], { type: 'card.due_soon' })
  const late = await aPublished([say('b', 'never')], { type: 'card.overdue' })
  await startDue(automation.acts)
  await startDue(automation.acts)
  await over(soon)
  expect(await runsOf(late)).toEqual([])
  expect(await commentsOn(cardId)).toEqual([`Soon: ${today}`])
  const text = '{{ trigger.columnId }}'
  const renamed = await aPublished([step('c', 'comment.add', { target: cardId, text })], {
    type: 'column.renamed',
    with: { columnIds: [board.columns['Done']!] },
  })
  for (const column of ['Done', 'To do']) {
    const id = board.columns[column]!
    const body = { name: `${column}!` }
    const command = await aCommand(it.database, board.ownerId, 'column.rename', id, body)
    expect(await it.engine.submit(command, 'outcome')).toMatchObject({ status: 'done' })
  }
  await followUp('flows')
  await over(renamed)
  expect((await commentsOn(cardId)).at(-1)).toBe(board.columns['Done'])
})

test('a schedule stands as long as its flow is in action, beside one that cannot, and starts it; its end starts another', async () => {
  const cardId = await aCard(it.database, board)
  const cron = { cron: '0 9 * * *', timeZone: 'UTC' }
  const never = await aPublished([say('n')], { type: 'schedule', with: cron })
  await it
    .database('flow_versions')
    .where({ flow_id: never })
    .update({
      definition: it.database.raw(
        `jsonb_set(definition, '{trigger,with,cron}', '"30-10 9 * * *"')`,
      ),
    })
  const timed = await aPublished([step('a', 'comment.add', { target: cardId, text: 'Time.' })], {
    type: 'schedule',
    with: { cron: '0 9 * * 1', timeZone: 'Europe/Vienna' },
  })
  const status = '{{ trigger.status }} {{ trigger.flowId }}'
  const after = await aPublished([step('b', 'comment.add', { target: cardId, text: status })], {
    type: 'flow.finished',
    with: { flowIds: [timed], status: 'done' },
  })
  const { taskQueue, database } = automation
  const tools = { client: it.client, taskQueue, database, log: makeLog('test', 'silent') }
  const kept = new Map<string, string>()
  await keepInStep(tools, kept)
  const schedule = it.client.schedule.getHandle(`flow/${timed}`)
  const { spec } = await schedule.describe()
  expect(spec.timezone).toBe('Europe/Vienna')
  await schedule.trigger()
  await over(timed)
  await over(after)
  expect(await commentsOn(cardId)).toEqual(['Time.', `done ${timed}`])
  await it.database('flows').where({ id: timed }).update({ active: false })
  await keepInStep(tools, kept)
  await expect(schedule.describe()).rejects.toBeInstanceOf(ScheduleNotFoundError)
})

const trying = (flow: Flow, cardId: string, more: Partial<Trying> = {}): Trying => ({
  workspaceId: board.workspaceId,
  flowId: newId(),
  runId: newId(),
  actorId: board.ownerId,
  trigger: { type: 'card.moved', at: new Date().toISOString(), actorId: null },
  card: { id: cardId, boardId: board.boardId, columnId: board.columns['To do'], title: 'A card' },
  chain: [],
  flow,
  pins: {},
  answers: {},
  nowMs: Date.now(),
  ...more,
})

test('a flow is tried without touching anything: what would be done is told step by step', async () => {
  const cardId = await aCard(it.database, board)
  const yes = { cases: [{ id: 'yes', when: { cel: 'steps.ask.approved' } }] }
  const flow = aFlow([
    step('ask', 'approval', { to: ['role:owner'], question: '?', timeout: 'P2D' }),
    step('way', 'branch', yes, {
      yes: [step('read', 'card.read'), step('http', 'http.request', { url: 'https://a.example/' })],
      else: [step('wait', 'wait', { for: 'P7D' }), say('no', 'No: {{ now | date }}')],
    }),
    step('code', 'code.run', { code: 'return 1 + 1' }),
    say('end', '{{ steps.code.result }} {{ trigger.type }}'),
  ])
  const own = await aPublished([say('x')], { type: 'called' })
  const tried = await control.try(trying(flow, cardId, { flowId: own }))
  expect(tried.end).toEqual({ status: 'done' })
  expect(tried.steps.map(({ stepId, how }) => `${stepId} ${how}`)).toEqual([
    'ask did',
    'read did',
    'http would',
    'way did',
    'code did',
    'end would',
  ])
  expect(tried.steps.at(-1)).toMatchObject({ input: { text: '2 card.moved', target: cardId } })
  const no = await control.try(
    trying(flow, cardId, { answers: { ask: 'no' }, pins: { code: { result: 5 } } }),
  )
  expect(no.steps.map(({ stepId, how }) => `${stepId} ${how}`)).toEqual([
    'ask did',
    'wait did',
    'no would',
    'way did',
    'code pinned',
    'end would',
  ])
  const one = await control.try(
    trying(flow, cardId, { only: 'end', pins: { code: { result: 'pinned' } } }),
  )
  expect(one.steps).toMatchObject([{ stepId: 'end', input: { text: 'pinned card.moved' } }])
  expect(await commentsOn(cardId)).toEqual([])
  const [run] = await it.database('flow_runs').where({ id: tried.runId })
  expect(run).toMatchObject({ kind: 'test', status: 'done' })
  const kept = it.database('flow_steps').where({ run_id: tried.runId, how: 'would' })
  expect(await kept.orderBy('key').pluck('key')).toEqual(['end', 'http'])
})

test('a run that failed goes on from where it failed, as a new one; what was done is not done again', async () => {
  const cardId = await aCard(it.database, board)
  const labelId = newId()
  const flow = await aPublished(
    [say('first'), step('label', 'card.label', { labelId }), say('last')],
    { type: 'button.card', with: { label: 'Go' } },
  )
  const press = { kind: 'button.card' as const, userId: board.ownerId, cardId, given: {} }
  await requestFlow(it.database, { flowId: flow, deliveryId: '1', ...press })
  await followUp('flow-requests')
  await expect.poll(async () => (await runsOf(flow))[0]?.status).toBe('failed')
  const { workspaceId: workspace_id, projectId: project_id } = board
  const label = { id: labelId, workspace_id, project_id, name: 'Bug', colour: 'red' }
  await it.database('labels').insert(label)
  const [{ id: runId }] = await runsOf(flow)
  const again = await it.database.transaction((trx) =>
    runAgain(trx, { runId, from: 'failed', isNewest: false }, (...run) => control.begin(...run)),
  )
  await expect.poll(async () => (await runsOf(flow)).at(-1)?.status).toBe('done')
  expect((await runsOf(flow)).at(-1)).toMatchObject({ id: again, again_of: runId })
  expect(await commentsOn(cardId)).toEqual(['first', 'last'])
})

test('a run that somebody terminates is written down as over, and one the engine has lost begins again', async () => {
  const cardId = await aCard(it.database, board)
  const flow = await aPublished([say('a'), step('wait', 'wait', { for: 'P7D' })], {
    type: 'button.card',
    with: { label: 'Go' },
  })
  const press = { kind: 'button.card' as const, userId: board.ownerId, cardId, given: {} }
  await requestFlow(it.database, { flowId: flow, deliveryId: '1', ...press })
  await followUp('flow-requests')
  await expect.poll(() => commentsOn(cardId)).toEqual(['a'])
  const [{ id, cause }] = await runsOf(flow)
  await control.terminate(flow, cause, 'Enough.')
  const unknown = newId()
  const { workspace_id, project_id, version, input } = (await runsOf(flow))[0]
  const lost = { id: unknown, workspace_id, project_id, flow_id: flow, version, cause: unknown }
  await it.database('flow_runs').insert({ ...lost, card_id: cardId, input })
  await it
    .database('flow_runs')
    .where({ flow_id: flow })
    .update({ looked_at: new Date(0) })
  const stateOf = (...run: [string, string]) => automationState(it.client, ...run)
  const endRun = async () => {}
  expect(await findLostRuns({ ...automation.acts, stateOf, endRun })).toBe(2)
  const [first] = await it.database('flow_runs').where({ id })
  expect(first).toMatchObject({ status: 'cancelled' })
  await expect.poll(() => commentsOn(cardId)).toEqual(['a', 'a'])
  await control.terminate(flow, unknown, 'Enough.')
})
