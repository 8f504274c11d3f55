import { Client, Connection } from '@temporalio/client'
import { beforeAll, describe, expect, inject, onTestFailed, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { signToken } from '#core/platform/access-token.ts'
import { misfits } from './books.ts'
import { PersistentClient } from './client.ts'
import { undone } from './follow-ups.ts'
import { anInstallation, type Installation } from './installation.ts'
import { aTeam, work, type Team } from './load.ts'
import { resetToTheBeginning } from './reset.ts'
import { dice, seeds } from './seed.ts'

const PROMISES = 24
const KEPT_LIMIT_MS = 30_000
/** The api is killed so soon after it has promised. */
const KILL_LIMIT_MS = 50
const RESETS = 24
/** Everything an action can leave behind. */
const TABLES = [
  'cards',
  'comments',
  'board_events',
  'outcomes',
  'outbox',
  'audit_log',
  'notifications',
]

let it: Installation

beforeAll(async () => {
  it = await anInstallation()
  return () => it.stop()
})

test('what was answered with 202 happens, though the api is killed before it could do it', async () => {
  onTestFailed(() => console.error(it.lastWords()))
  const { board, cardIds, userIds } = await aTeam(it)
  const client = new PersistentClient(it.url, await signToken(it.keys, 'api', userIds[0]!))
  const body = { columnId: board.columns['Done']! }
  const statuses = async () => {
    const rows = await it.database('outcomes').where({ workspace_id: board.workspaceId })
    return rows.map((row: { outcome: { status: string } }) => row.outcome.status)
  }

  // While somebody else holds the board, the engine can take actions in but not do them.
  const holder = await it.database.transaction()
  await holder('boards').where({ id: board.boardId }).forUpdate()
  let promisedMs = 0
  const promised = await Promise.all(
    cardIds.slice(0, PROMISES).map(async (cardId) => {
      const commandId = newId()
      const headers = { 'idempotency-key': commandId, prefer: 'respond-async' }
      const wish = { method: 'POST', path: `/cards/${cardId}/move`, body } as const
      expect(await client.fetch(wish, headers)).toMatchObject({ status: 202 })
      promisedMs = performance.now()
      return commandId
    }),
  )
  it.kill('api')
  expect(performance.now() - promisedMs).toBeLessThan(KILL_LIMIT_MS)
  expect(await statuses()).toEqual([])
  await holder.rollback()

  const done = promised.map(() => 'done')
  await expect.poll(statuses, { timeout: KEPT_LIMIT_MS }).toEqual(done)
  const job = () => client.job(promised[0]!).then((found) => found?.status)
  await expect.poll(job, { timeout: KEPT_LIMIT_MS }).toBe('done')
})

describe.each(seeds())('CHAOS_SEED=%i', (seed) => {
  test('a reset of workflows that are over changes nothing', async () => {
    onTestFailed(() => console.error(it.lastWords()))
    const team = await aTeam(it)
    const deeds = await work(it, team, dice(seed), async () => {})
    await expect.poll(() => undone(it, team), { timeout: KEPT_LIMIT_MS }).toBe(0)
    const before = await contents(team)

    const connection = await Connection.connect({ address: inject('temporalAddress') })
    const ran = await it
      .database('outcomes')
      .distinct('workflow_id', 'run_id')
      .where({ workspace_id: team.board.workspaceId })
      .orderBy('workflow_id')
      .limit(RESETS)
    const client = new Client({ connection })
    for (const { workflow_id, run_id } of ran)
      await resetToTheBeginning(client, workflow_id, run_id)
    await connection.close()

    expect(ran).toHaveLength(RESETS)
    expect(await contents(team)).toEqual(before)
    expect(await misfits(it, team, deeds)).toEqual([])
  })
})

/** A fingerprint of each table, as far as it is about the team's workspace. */
async function contents({ board }: Team): Promise<Record<string, string>> {
  const prints = TABLES.map(async (table) => {
    const { rows } = await it.database.raw<{ rows: { print: string }[] }>(
      `select md5(string_agg(t::text, ';' order by t::text)) as print
       from ?? t where workspace_id = ?`,
      [table, board.workspaceId],
    )
    return [table, rows[0]!.print] as const
  })
  return Object.fromEntries(await Promise.all(prints))
}
