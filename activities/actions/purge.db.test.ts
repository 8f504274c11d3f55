import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { aWorkspace } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { purgeOutbox, purgeOutcomes } from './purge.ts'

const database = useDatabase()
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600 * 1_000)

test('outcomes are forgotten after 35 days, however many there are', async () => {
  const { workspaceId, ownerId } = await aWorkspace(database())
  const rows = [36, ...Array.from({ length: 1_500 }, () => 40), 34].map((days) => ({
    actor_id: ownerId,
    command_id: newId(),
    workspace_id: workspaceId,
    type: 'card.move',
    body_hash: Buffer.from('x'),
    outcome: {},
    summary: '',
    board_ids: [],
    card_ids: [],
    workflow_id: 'w',
    run_id: 'r',
    created_at: daysAgo(days),
  }))
  await database().batchInsert('outcomes', rows, 1_000)
  expect(await purgeOutcomes(database('worker'))).toBe(1_501)
  expect(await database()('outcomes').pluck('command_id')).toEqual([rows.at(-1)!.command_id])
})

test('rows of the outbox are forgotten a week after they were done, and never before', async () => {
  const { workspaceId } = await aWorkspace(database())
  const [old, recent, undone] = [daysAgo(8), daysAgo(6), null].map((doneAt) => ({
    id: newId(),
    workspace_id: workspaceId,
    topic: 'search',
    effect_key: newId(),
    payload: {},
    created_at: daysAgo(60),
    done_at: doneAt,
  }))
  await database()('outbox').insert([old, recent, undone])
  expect(await purgeOutbox(database('worker'))).toBe(1)
  expect(new Set(await database()('outbox').pluck('id'))).toEqual(new Set([recent!.id, undone!.id]))
})
