import { beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { startAutomation } from '#engine/start-automation.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { aRun } from '#tests/support/flows/a-run.ts'

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard

beforeAll(async () => {
  api = await anApi()
  return api.stop
})
beforeEach(async () => {
  board = await aBoard(api.database)
})

const HOUR_MS = 3_600_000
const ago = (ms: number) => new Date(Date.now() - ms)

/** A run that began an hour ago, with one step of the type that is under way since then. */
async function aRunWith(type: string, row: object = {}): Promise<string> {
  const id = await aRun(api.database, board)
  await api
    .database('flow_runs')
    .where({ id })
    .update({ started_at: ago(HOUR_MS), ...row })
  const { flow_id } = await api.database('flow_runs').where({ id }).first('flow_id')
  const home = { workspace_id: board.workspaceId, project_id: board.projectId, flow_id, run_id: id }
  const step = { key: 'a', step_id: 'a', type, label: 'a', status: 'running' }
  await api.database('flow_steps').insert({ ...home, ...step, started_at: ago(HOUR_MS) })
  return id
}

async function listed(query: string): Promise<string[]> {
  const path = `/api/v1/projects/${board.projectId}/runs?${query}`
  const { status, body } = await api.call('GET', path, { as: board.ownerId })
  expect(status).toBe(200)
  return body.items.map(({ id }: { id: string }) => id)
}

const over = (code: string) => ({ status: 'failed', error: { code }, ended_at: new Date() })

test('runs are found by how they are, by their card and by when they began', async () => {
  const cardId = await aCard(api.database, board, {})
  const stuck = await aRunWith('http.request')
  const waiting = await aRunWith('approval', { card_id: cardId })
  const calling = await aRunWith('flow.call')
  const loop = await aRunWith('stop', over('flow.chain_limit'))
  const young = await aRun(api.database, board)
  expect(await listed('status=stuck')).toEqual([stuck])
  expect(await listed('status=waiting')).toEqual([waiting])
  expect(await listed('status=loop')).toEqual([loop])
  expect((await listed('status=running')).sort()).toEqual([stuck, calling, young].sort())
  expect(await listed(`cardId=${cardId}`)).toEqual([waiting])
  const before = ago(HOUR_MS / 2).toISOString()
  expect(await listed(`from=${before}`)).toEqual([young])
  expect(await listed(`to=${before}&status=waiting`)).toEqual([waiting])
})

test('a run that has written down a step lately is not stuck', async () => {
  const runId = await aRunWith('http.request')
  await api.database('flow_steps').where({ run_id: runId }).update({ started_at: new Date() })
  expect(await listed('status=stuck')).toEqual([])
})

test('a run tells the flows that led to it, and the run that it begins again', async () => {
  const [first, earlier] = [await aRun(api.database, board), await aRun(api.database, board)]
  const runId = await aRun(api.database, board)
  const { flow_id: flowId } = await api.database('flow_runs').where({ id: first }).first()
  const trigger = { type: 'card.moved', at: '2026-11-26T10:00:00.000Z', actorId: null, to: 'x' }
  const input = { trigger, chain: [flowId] }
  const row = { chain: [flowId, newId()], again_of: earlier, input, state: {} }
  await api.database('flow_runs').where({ id: runId }).update(row)
  const { body } = await api.call('GET', `/api/v1/runs/${runId}`, { as: board.ownerId })
  expect(body.cause).toEqual({
    type: 'card.moved',
    actor: null,
    given: { to: 'x' },
    chain: [{ flowId, flowName: 'Triage' }],
    run: { id: earlier, isAgain: true },
  })
  expect(body.again).toEqual({ fromSteps: true, newest: null })
})

/** Begins the workflow of a run; nobody works on it. */
async function begin(runId: string): Promise<void> {
  const { flow_id: flowId, cause } = await api.database('flow_runs').where({ id: runId }).first()
  const trigger = { type: 'called', at: new Date().toISOString(), actorId: null }
  const home = { runId, flowId, cause, workspaceId: board.workspaceId, actorId: board.ownerId }
  const start = { ...home, trigger, chain: [], version: 1, hash: '' }
  const { COMMAND_KEY: commandKey, PUBLIC_URL: publicUrl } = api.parts.config
  const place = { taskQueue: newId(), commandKey, publicUrl }
  await startAutomation(api.client, place, start, 'Triage')
}

const audited = async (action: string) =>
  (await api.database('audit_log').where({ action }).select('actor_id', 'after'))
    .map(({ actor_id, after }) => `${actor_id} ${after.run}`)
    .sort()

test('several runs are cancelled at once, and one that is not there keeps no other from it', async () => {
  const runs = [await aRun(api.database, board), await aRun(api.database, board)]
  await Promise.all(runs.map(begin))
  const elsewhere = await aRun(api.database, await aBoard(api.database))
  const { status, body } = await api.call(
    'POST',
    `/api/v1/projects/${board.projectId}/runs/cancel`,
    { as: board.ownerId, body: { runIds: [...runs, elsewhere] } },
  )
  expect(status).toBe(200)
  expect(body.done.sort()).toEqual([...runs].sort())
  expect(body.refused).toMatchObject([{ runId: elsewhere, code: 'run.not_found' }])
  expect(await audited('run.cancel')).toEqual(runs.map((id) => `${board.ownerId} ${id}`).sort())
})

test('of runs to be begun again, those under way are refused by name', async () => {
  const runId = await aRun(api.database, board)
  await api
    .database('flow_runs')
    .where({ id: runId })
    .update({ input: { chain: [] } })
  const { flow_id } = await api.database('flow_runs').where({ id: runId }).first('flow_id')
  await api.database('flow_versions').insert({
    workspace_id: board.workspaceId,
    project_id: board.projectId,
    flow_id,
    version: 1,
    hash: Buffer.alloc(32),
    definition: {},
    message: 'First',
    published_by: board.ownerId,
  })
  const path = `/api/v1/projects/${board.projectId}/runs/again`
  const asked = { runIds: [runId], isNewest: false }
  const { body } = await api.call('POST', path, { as: board.ownerId, body: asked })
  expect(body).toMatchObject({ done: [], refused: [{ runId, code: 'run.not_over' }] })
})

test('a run is ended at once by who sets the project up, and looked at next', async () => {
  const runId = await aRun(api.database, board)
  await begin(runId)
  const member = await aMember(api.database, board, 'member')
  const path = `/api/v1/runs/${runId}/terminate`
  const refused = await api.call('POST', path, { as: member })
  expect([refused.status, refused.body.error.code]).toEqual([403, 'permission.denied'])
  expect((await api.call('POST', path, { as: board.ownerId })).status).toBe(204)
  const { looked_at, flow_id, cause } = await api.database('flow_runs').where({ id: runId }).first()
  expect(looked_at).toEqual(new Date(0))
  const handle = api.client.workflow.getHandle(`automation/${flow_id}/${cause}`)
  const workflow = await handle.describe()
  expect(workflow.status.name).toBe('TERMINATED')
  // Whoever looks at it in the Temporal Web UI finds the way back.
  expect(await workflow.staticDetails()).toContain(`/runs/${runId})`)
  expect(await audited('run.terminate')).toEqual([`${board.ownerId} ${runId}`])
})

test('who answers a run stands in the audit, who is not asked too, and what the run does not take', async () => {
  const [ann, bob] = [
    await aMember(api.database, board, 'viewer'),
    await aMember(api.database, board, 'member'),
  ]
  const runId = await aRunWith('approval')
  const { flow_id } = await api.database('flow_runs').where({ id: runId }).first('flow_id')
  const home = { workspace_id: board.workspaceId, project_id: board.projectId, flow_id }
  const asks = { run_id: runId, key: 'a', question: 'So?', approvers: [ann] }
  await api.database('flow_approvals').insert({ ...home, ...asks, deadline: new Date() })
  const answer = async (as: string) => {
    const body = { step: 'a', approved: true }
    return (await api.call('POST', `/api/v1/runs/${runId}/answer`, { as, body })).body.error.code
  }
  expect(await answer(bob)).toBe('approval.not_yours')
  // Nothing of it is in the engine.
  expect(await answer(ann)).toBe('approval.not_found')
  const lines = await api
    .database('audit_log')
    .where({ action: 'approval.answer' })
    .orderBy('created_at')
  expect(lines.map((line) => [line.actor_id, line.decision, line.reason])).toEqual([
    [bob, 'denied', 'approval.not_yours'],
    [ann, 'allowed', null],
    [ann, 'refused', 'approval.not_found'],
  ])
  expect(lines[1].after).toEqual({ run: runId, step: 'a', approved: true })
})
