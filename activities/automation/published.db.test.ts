import type { Knex } from 'knex'
import { beforeAll, describe, expect, test } from 'vitest'
import type { RunEnd } from '#core/contracts/flows/run.ts'
import { newId } from '#core/kernel/ids.ts'
import { resolveTarget } from '#activities/actions/queries.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { aBoard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { draft, say, step } from '#tests/support/flows/a-flow.ts'
import { drawing } from '#tests/support/flows/drawing.ts'
import { TELLING_NOBODY } from '#tests/support/flows/telling-nobody.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { deleteFlow } from './change-flow.ts'
import { flowsOf, runOf } from './queries.ts'
import { saveDraft } from './save-draft.ts'
import { runSettler } from './settle-run.ts'

const database = useDatabase()
const { as, draw, publish } = drawing(
  () => database('api'),
  () => board,
)
let owner: Knex
let board: SomeBoard

beforeAll(async () => {
  owner = database()
  board = await aBoard(owner)
})

const asOwner = async <Value>(work: (trx: Knex.Transaction) => Promise<Value>) =>
  await as(board.ownerId, work)
const aDraft = async (content: object = draft([say('a')])) => await draw(content)

describe('publishing', () => {
  test('makes a version that is never changed, and writes down who did it', async () => {
    const flowId = await aDraft()
    expect(await publish(flowId)).toBe(1)
    const changed = draft([say('a'), say('b')])
    const save = (baseVersion: number) =>
      asOwner((trx) =>
        saveDraft(trx, { flowId, baseVersion, draft: changed, userId: board.ownerId }),
      )
    expect(await save(1)).toBe(2)
    await expect(save(1)).rejects.toMatchObject({ code: 'flow.changed' })
    expect(await publish(flowId, 1)).toBe(2)
    const versions = await owner('flow_versions').where({ flow_id: flowId }).orderBy('version')
    expect(versions.map(({ definition }) => definition.steps.length)).toEqual([1, 2])
    expect(await owner('flows').where({ id: flowId }).first()).toMatchObject({
      published: 2,
      active: true,
    })
    const lines = await owner('audit_log').where({ target_id: flowId })
    expect(lines.map(({ action }) => action)).toEqual(['flow.publish', 'flow.publish'])
    const rewrite = asOwner((trx) =>
      trx('flow_versions').where({ flow_id: flowId }).update({ message: 'Other' }),
    )
    await expect(rewrite).rejects.toThrow(/permission denied/)
  })

  test('refuses over what somebody else has published, and what is nowhere', async () => {
    const flowId = await aDraft()
    await publish(flowId)
    await expect(publish(flowId)).rejects.toMatchObject({ code: 'flow.changed' })
    await expect(publish(newId())).rejects.toMatchObject({ code: 'flow.not_found' })
  })

  test('refuses what cannot run, with all that has to be mended', async () => {
    const flowId = await aDraft(draft([step('a', 'rm'), say('a', '{{ steps.b.x }}')]))
    await expect(publish(flowId)).rejects.toMatchObject({
      code: 'flow.invalid',
      details: {
        problems: [
          { code: 'flow.step_twice', path: 'steps/1' },
          { code: 'flow.node_unknown', path: 'steps/0' },
          { code: 'flow.path_unknown', path: 'steps/1/with/text' },
        ],
      },
    })
  })

  test('refuses flows that call each other in a ring', async () => {
    const other = await aDraft()
    const flowId = await aDraft(draft([step('c', 'flow.call', { flowId: other })]))
    await publish(flowId)
    const back = draft([step('c', 'flow.call', { flowId })])
    await asOwner((trx) =>
      saveDraft(trx, { flowId: other, baseVersion: 1, draft: back, userId: board.ownerId }),
    )
    await expect(publish(other)).rejects.toMatchObject({
      details: { problems: [{ code: 'flow.calls_itself' }] },
    })
  })

  test('a flow that is deleted afterwards stands in no list, and what it did can still be read', async () => {
    const flowId = await aDraft()
    await publish(flowId)
    const { workspaceId: workspace_id, projectId: project_id, ownerId } = board
    const runId = newId()
    const run = { id: runId, workspace_id, project_id, flow_id: flowId, version: 1, cause: runId }
    await owner('flow_runs').insert(run)
    const by = { workspaceId: workspace_id, actorId: ownerId, requestId: newId(), ip: '127.0.0.1' }
    for (let times = 0; times < 2; times += 1) {
      await asOwner((trx) => deleteFlow(trx, { flowId, ...by }, recordAudit))
    }
    const found = await asOwner(async (trx) => ({
      listed: (await flowsOf(trx, project_id)).filter(({ id }) => id === flowId),
      flow: await resolveTarget(trx, 'flow', flowId, ownerId),
      run: (await runOf(trx, runId)).run.id,
    }))
    expect(found).toEqual({ listed: [], flow: undefined, run: runId })
    const lines = await owner('audit_log').where({ target_id: flowId, action: 'flow.delete' })
    expect(lines).toHaveLength(1)
    expect(await owner('flows').where({ id: flowId }).first()).toMatchObject({ active: false })
  })

  test('a draft twice as large as a flow may be is refused, and the one before stays', async () => {
    const flowId = await aDraft()
    const large = { ...draft([say('a')]), description: 'x'.repeat(600_000) }
    const saving = asOwner((trx) =>
      saveDraft(trx, { flowId, baseVersion: 1, draft: large, userId: board.ownerId }),
    )
    await expect(saving).rejects.toMatchObject({ code: 'flow.too_large' })
    expect(await owner('flows').where({ id: flowId }).first('draft_version')).toEqual({
      draft_version: 1,
    })
  })

  test('is not for who may only look', async () => {
    const viewer = await aMember(owner, board, 'viewer')
    await expect(draw({}, viewer)).rejects.toThrow(/row-level security/)
  })
})

describe('a run that has ended', () => {
  const settle = async (flowId: string, runId: string, end: object, cause = newId()) => {
    const base = { flowId, runId, version: 1, cause, chain: [], cardId: null }
    const run = { workspaceId: board.workspaceId, ...base }
    await runSettler(database('worker'), TELLING_NOBODY)({ run, end: end as RunEnd })
  }
  const error = (code = 'card.archived') => ({
    status: 'failed',
    error: { code, message: 'No.', step: 'a' },
  })

  async function ended(flowId: string, end: object): Promise<void> {
    const { workspaceId: workspace_id, projectId: project_id } = board
    const id = newId()
    const run = { id, workspace_id, project_id, flow_id: flowId, version: 1, cause: newId() }
    await owner('flow_runs').insert(run)
    await settle(flowId, id, end)
    await settle(flowId, id, end)
  }
  const stateOf = async (flowId: string) =>
    await owner('flows')
      .where({ id: flowId })
      .first('active', 'paused_because', 'failures_in_a_row')

  test('counts once; five failures in a row put the flow out of action, one that is done begins anew', async () => {
    const flowId = await aDraft()
    await publish(flowId)
    for (let count = 0; count < 4; count += 1) await ended(flowId, error())
    expect(await stateOf(flowId)).toMatchObject({ active: true, failures_in_a_row: 4 })
    await ended(flowId, { status: 'cancelled', reason: 'Ann' })
    await ended(flowId, { status: 'done' })
    expect(await stateOf(flowId)).toMatchObject({ active: true, failures_in_a_row: 0 })
    for (let count = 0; count < 5; count += 1) await ended(flowId, error())
    expect(await stateOf(flowId)).toMatchObject({ active: false, paused_because: 'failures' })
  })

  test('before it was written down that it began stands there as it ended', async () => {
    const flowId = await aDraft()
    await publish(flowId)
    const runId = newId()
    await settle(flowId, runId, { status: 'done' })
    expect(await owner('flow_runs').where({ id: runId }).first('status')).toEqual({
      status: 'done',
    })
  })

  test('puts the flow out of action at once when flows set each other off', async () => {
    const flowId = await aDraft()
    await publish(flowId)
    await ended(flowId, error('flow.chain_limit'))
    expect(await stateOf(flowId)).toMatchObject({ active: false, paused_because: 'loop' })
  })
})
