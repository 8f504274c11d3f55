import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { UnsignedStart } from '#core/contracts/flows/run.ts'
import { newId } from '#core/kernel/ids.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { aKey } from '#tests/support/a-key.ts'
import { useActions } from '#tests/support/actions.ts'
import { sealWhenOver } from '#tests/support/audit/seal-when-over.ts'
import { aBoard, aCard, aMemberWith, aProject, type SomeBoard } from '#tests/support/fixtures.ts'
import { draft, say } from '#tests/support/flows/a-flow.ts'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'
import { beginScheduled } from './begin-scheduled.ts'
import { setActive } from './change-flow.ts'
import { createFlow } from './create-flow.ts'
import { findLostRuns } from './find-lost-runs.ts'
import { publishFlow } from './publish-flow.ts'
import { runAgain } from './run-again.ts'
import { startAudited } from './start-audited.ts'
import { startFlows } from './start-flows.ts'

const { database, act } = useActions()
const keyring = readKeyring(aKey())
const NINE = { cron: '0 9 * * 1', timeZone: 'Europe/Berlin' }
let board: SomeBoard
let started: UnsignedStart[]

beforeAll(async () => {
  board = await aBoard(database())
})
beforeEach(() => {
  started = []
})

const startRun = async (start: UnsignedStart) => void started.push(start)
const published = async (trigger: object, limits = {}) =>
  await aPublishedFlow(database(), board, draft([say('a')], { trigger, limits }))
const botOf = async (id: string) =>
  (await database()('flows').where({ id }).first('actor_id')).actor_id
const begunOf = (flowId: string) => started.filter((each) => each.flowId === flowId)
/** As a run of the flow has: its deeds bear its id. */
const asRun = (id: string) => ({ gestureId: id, requestId: id })

async function aRun(flowId: string, input: object): Promise<string> {
  const { workspaceId: workspace_id, projectId: project_id } = board
  const id = newId()
  const home = { workspace_id, project_id, flow_id: flowId, version: 1, cause: id }
  await database()('flow_runs').insert({ ...home, id, input })
  return id
}

/** Starts what the board's events of the command start. */
async function followUp(offsets: Readonly<Record<string, number>>): Promise<void> {
  const { workspaceId, boardId } = board
  const seq = offsets[boardId]!
  await writeAs(database('worker'), { workspaceId }, (trx) =>
    startFlows({ startRun, tellRun: async () => {} })(trx, {
      id: newId(),
      workspaceId,
      effectKey: 'events',
      payload: { boardId, from: seq, to: seq },
    }),
  )
}

test('what a run does is known to be its own, also before anybody has written down that it began', async () => {
  const mover = await published({ type: 'called' })
  const hearer = await published({ type: 'card.commented', byFlows: true })
  const quiet = await published({ type: 'card.commented' })
  const cardId = await aCard(database(), board)
  const runId = newId()
  const { offsets } = await act(
    await botOf(mover),
    'comment.add',
    cardId,
    { text: 'x' },
    asRun(runId),
  )
  await expect(followUp(offsets)).rejects.toThrow('is not known yet')

  const { workspaceId: workspace_id, projectId: project_id, ownerId } = board
  const home = { workspace_id, project_id, flow_id: mover, version: 1, cause: runId }
  const trigger = { type: 'card.moved', at: new Date().toISOString(), actorId: ownerId }
  await database()('flow_runs').insert({ ...home, id: runId, input: { trigger, chain: [] } })
  await followUp(offsets)
  expect(begunOf(quiet)).toEqual([])
  // Who set off the first of them is whom approvals count as having caused it.
  expect(begunOf(hearer)).toMatchObject([{ chain: [mover], personId: ownerId }])
  expect(await database()('flow_runs').where({ flow_id: hearer }).first()).toMatchObject({
    caused_by: runId,
  })
  await database()('flows').update({ active: false })
})

test('nobody passes for a run by naming one', async () => {
  const mover = await published({ type: 'called' })
  const quiet = await published({ type: 'card.commented' })
  const runId = await aRun(mover, { chain: [] })
  const cardId = await aCard(database(), board)
  const { offsets } = await act(board.ownerId, 'comment.add', cardId, { text: 'x' }, asRun(runId))
  await followUp(offsets)
  expect(begunOf(quiet)).toMatchObject([{ chain: [], trigger: { actorId: board.ownerId } }])
  await database()('flows').update({ active: false })
})

test('the audit starts a flow once for each line about its project, by name, and not with what its bot did', async () => {
  const look = async () => {
    await sealWhenOver(database('worker'), keyring)
    return await startAudited({ database: database('worker'), startRun })
  }
  const { workspaceId, ownerId } = board
  const projectId = await aProject(database(), board, { name: 'Other', key: 'OTH' })
  const other = await aBoard(database(), { within: { workspaceId, ownerId, projectId } })
  const cardId = await aCard(database(), board)
  await act(ownerId, 'comment.add', cardId, { text: 'Before' })
  const actions = ['comment.add']
  const flow = await published({ type: 'audit.event', with: { actions } })
  const byFlows = await published({ type: 'audit.event', with: { actions }, byFlows: true })
  expect(await look()).toBe(0)

  await act(ownerId, 'comment.add', cardId, { text: 'Heard' })
  await act(ownerId, 'card.edit', cardId, { baseVersion: 1, changes: { title: 'Not asked for' } })
  await act(ownerId, 'comment.add', await aCard(database(), other), { text: 'Elsewhere' })
  expect(await look()).toBe(2)
  expect(await look()).toBe(0)
  const given = {
    type: 'audit.event',
    action: 'comment.add',
    decision: 'allowed',
    actorId: ownerId,
  }
  expect(begunOf(flow)).toMatchObject([{ trigger: { ...given, targetId: cardId } }])

  const runId = await aRun(flow, { trigger: { actorId: ownerId }, chain: [] })
  await act(await botOf(flow), 'comment.add', cardId, { text: 'Mine' }, asRun(runId))
  started = []
  expect(await look()).toBe(1)
  expect(begunOf(byFlows)).toMatchObject([{ chain: [flow], personId: ownerId }])

  const asked = { workspaceId, flowId: flow, actorId: ownerId, requestId: newId(), ip: '127.0.0.1' }
  const switched = async (active: boolean) =>
    await writeAs(database('api'), { userId: ownerId, workspaceId }, (trx) =>
      setActive(trx, asked, active, recordAudit),
    )
  await switched(false)
  await act(ownerId, 'comment.add', cardId, { text: 'While it was out of action' })
  await switched(true)
  started = []
  await look()
  expect(begunOf(flow)).toEqual([])
  await database()('flows').update({ active: false })
})

test('only who may read the audit publishes a flow that starts on it', async () => {
  const may = ['board.configure', 'card.write', 'comment.write'] as const
  const { workspaceId, projectId } = board
  const publish = async (userId: string) =>
    await writeAs(database('api'), { userId, workspaceId }, async (trx) => {
      const flowId = newId()
      const content = draft([say('a')], {
        trigger: { type: 'audit.event', with: { actions: ['member.remove'] } },
      })
      const home = { workspaceId, projectId, boardId: null }
      await createFlow(trx, { id: flowId, ...home, name: 'Ear', draft: content, userId })
      const by = { userId, requestId: newId(), ip: '127.0.0.1' }
      await publishFlow(trx, { flowId, baseVersion: null, message: 'x', ...by }, recordAudit)
    })
  await expect(publish(await aMemberWith(database(), board, may))).rejects.toMatchObject({
    code: 'flow.audit_not_readable',
  })
  await publish(await aMemberWith(database(), board, [...may, 'audit.read']))
  await database()('flows').update({ active: false })
})

test('a schedule begins no run beside another of its flow', async () => {
  const flowId = await published({ type: 'schedule', with: NINE })
  const asked = { workspaceId: board.workspaceId, flowId, at: '2026-11-23T08:00:00.000Z' }
  const tools = { database: database('worker'), startRun }
  await beginScheduled(tools, asked)
  await beginScheduled(tools, { ...asked, at: '2026-11-30T08:00:00.000Z' })
  expect(begunOf(flowId)).toMatchObject([{ trigger: { at: asked.at } }])
})

test('a run that is begun again counts among those of the hour, and is refused when they are full', async () => {
  const flow = await published({ type: 'called' }, { runsPerHour: 2 })
  const runId = await aRun(flow, { trigger: { type: 'called', at: '', actorId: null }, chain: [] })
  const over = { status: 'done', ended_at: new Date() }
  await database()('flow_runs').where({ id: runId }).update(over)
  const again = async () =>
    await writeAs(
      database('api'),
      { userId: board.ownerId, workspaceId: board.workspaceId },
      (trx) => runAgain(trx, { runId, from: null, isNewest: false }, async () => {}),
    )
  await again()
  await expect(again()).rejects.toMatchObject({ code: 'run.throttled' })
})

test('a run that the engine has lost begins again as whom it began, also when its flow has a bot by now', async () => {
  const id = await published({ type: 'schedule', with: NINE })
  const bot = await botOf(id)
  await database()('flows').where({ id }).update({ actor_id: board.ownerId })
  const { workspaceId } = board
  const tools = { database: database('worker'), startRun }
  await beginScheduled(tools, { workspaceId, flowId: id, at: '2026-01-05T09:00:00.000Z' })
  await database()('flows').where({ id }).update({ actor_id: bot })
  await database()('flow_runs')
    .where({ flow_id: id })
    .update({ looked_at: new Date(0) })
  await findLostRuns({
    ...tools,
    stateOf: async () => 'gone',
    endRun: async () => {},
    settle: async () => {},
  })
  const [began, again] = begunOf(id)
  expect(began).toMatchObject({ actorId: board.ownerId })
  expect(again).toEqual(began)
})
