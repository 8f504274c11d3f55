import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { EgressError } from '#core/platform/egress/egress-error.ts'
import { COMMAND_KEY } from '#tests/support/command.ts'
import { aBoard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { draft } from '#tests/support/flows/a-flow.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { emptyWorkspaces } from '#activities/rbac/empty-workspaces.ts'
import type { Settled } from '#core/contracts/flows/run.ts'
import { findLostRuns } from './find-lost-runs.ts'
import { homeOf } from './home-of.ts'
import { deliverDue } from './keep-webhooks.ts'

const database = useDatabase()
const flowId = newId()
let board: SomeBoard
let publisher: string

beforeAll(async () => {
  board = await aBoard(database())
  publisher = await aMember(database(), board, 'admin')
  const flow = { id: flowId, name: 'A flow', draft: draft([]), created_by: publisher }
  await database()('flows').insert({ ...home(), ...flow, actor_id: publisher })
})

const home = () => ({ workspace_id: board.workspaceId, project_id: board.projectId })
const order = () => ({ workspaceId: board.workspaceId, flowId, actorId: publisher })
const mark = async (deleted_at: Date | null) =>
  await database()('workspaces').where({ id: board.workspaceId }).update({ deleted_at })

test('in a deleted workspace a flow reaches nothing outside, and what it had to send waits', async () => {
  await database()('webhook_deliveries').insert({
    ...home(),
    id: newId(),
    flow_id: flowId,
    run_id: newId(),
    url: 'https://example.com/',
    body: '{}',
    try_at: new Date(0),
  })
  const asked: string[] = []
  const ask = async (_: string, __: readonly string[], { url }: { url: string }) => {
    asked.push(url)
    throw new EgressError('egress.away', url, 'It is away.')
  }
  const tools = { database: database('worker'), commandKey: COMMAND_KEY, egress: { ask } }
  const deliver = async () => await deliverDue({ ...tools, recordAudit: async () => {} })

  await mark(new Date())
  await expect(homeOf(database('worker'), order())).rejects.toThrow('not there any more')
  expect(await deliver()).toBe(0)
  expect(asked).toEqual([])

  await mark(null)
  expect(await homeOf(database('worker'), order())).toMatchObject({ projectId: board.projectId })
  expect(await deliver()).toBe(1)
})

// As flows are that nobody has published again since they have bots.
test('a flow that acts for a person reaches nothing outside once they may only read', async () => {
  const member = { workspace_id: board.workspaceId, user_id: publisher }
  await database()('workspace_members').where(member).update({ role: 'viewer' })
  await expect(homeOf(database('worker'), order())).rejects.toThrow('not there any more')
})

test('a flow that acts for a person reaches nothing outside once they are no member any more', async () => {
  await database()('workspace_members').where({ user_id: publisher }).delete()
  await expect(homeOf(database('worker'), order())).rejects.toThrow('not there any more')
})

test('what still runs in a workspace nobody can bring back any more is ended, then it is emptied', async () => {
  const { runId, cause } = await aRunUnderWay()
  const ended: string[] = []
  const settled: Settled[] = []
  const look = async () => {
    await database()('flow_runs').update({ looked_at: new Date(0) })
    return await findLostRuns({
      database: database('worker'),
      startRun: async () => {},
      stateOf: async () => 'as it should be',
      endRun: async (...run) => void ended.push(run[1]),
      settle: async (each) => void settled.push(each),
    })
  }
  await mark(new Date())
  expect(await look()).toBe(0)
  await mark(new Date(0))
  expect(await emptyWorkspaces(database('worker'))).toBe(0)
  expect(await look()).toBe(1)
  expect(ended).toEqual([cause])
  expect(settled).toMatchObject([{ run: { runId }, end: { status: 'cancelled' } }])
  const over = { status: 'cancelled', ended_at: new Date() }
  await database()('flow_runs').where({ id: runId }).update(over)
  expect(await emptyWorkspaces(database('worker'))).toBe(1)
})

async function aRunUnderWay() {
  const [runId, cause] = [newId(), newId()]
  const version = { flow_id: flowId, version: 1, hash: '\\x00', definition: draft([]) }
  const published = { message: 'First', published_by: publisher }
  await database()('flow_versions').insert({ ...home(), ...version, ...published })
  const run = { id: runId, flow_id: flowId, version: 1, cause }
  await database()('flow_runs').insert({ ...home(), ...run })
  return { runId, cause }
}
