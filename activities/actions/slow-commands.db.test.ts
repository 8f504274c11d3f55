import { beforeAll, expect, test } from 'vitest'
import type { Knex } from 'knex'
import type { Outcome } from '#core/contracts/command.ts'
import { newId } from '#core/kernel/ids.ts'
import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { kanban } from '#activities/kanban/index.ts'
import { projects } from '#activities/projects/index.ts'
import { aCommand, COMMAND_KEY } from '#tests/support/command.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { aBoard, aCard, type SomeBoard } from '#tests/support/fixtures.ts'
import { cardActionActivities } from './index.ts'

/** Short, so that the test need not wait for the limit of production. */
const STATEMENT_LIMIT_MS = 150

let database: Knex
let slow: SomeBoard
let quick: SomeBoard

beforeAll(async () => {
  const { url, drop } = await freshDatabase()
  const settings = { url, name: 'test', connectionsMax: 4, statementLimitMs: STATEMENT_LIMIT_MS }
  database = openDatabase(settings)
  slow = await aBoard(database)
  quick = await aBoard(database, { within: slow })
  return async () => {
    await database.destroy()
    await drop()
  }
})

/** Archives a card of a board somebody has locked and one of another, in one batch. */
async function archiveBoth(attempt: number): Promise<Outcome[]> {
  const commands = await Promise.all(
    [slow, quick].map(async (board) => {
      const cardId = await aCard(database, board)
      return await aCommand(database, board.ownerId, 'card.archive', cardId, {})
    }),
  )
  const outcomes = new Map<string, Outcome>()
  const { applyBatch } = cardActionActivities(
    {
      database,
      handlers: { ...kanban, ...projects },
      commandKey: COMMAND_KEY,
      recordAudit,
      announce: ({ answers }) =>
        answers.forEach(({ command, outcome }) => outcomes.set(command.id, outcome)),
      log: makeLog('test', 'silent'),
    },
    () => ({ workflowId: 'card-actions/test', runId: newId(), attempt }),
  )
  const hold = await database.transaction()
  try {
    await hold('boards').where({ id: slow.boardId }).forUpdate()
    // The holder must outlive its own idleness while the batch tries.
    await hold.raw('set local idle_in_transaction_session_timeout = 0')
    await applyBatch({ workspaceId: slow.workspaceId, commands })
  } finally {
    await hold.rollback()
  }
  return commands.map((command) => outcomes.get(command.id)!)
}

test('a batch that waits for a lock is tried again as a whole, for minutes', async () => {
  await expect(archiveBoth(1)).rejects.toThrow(/statement timeout/)
  await expect(archiveBoth(60)).rejects.toThrow(/statement timeout/)
})

test('then the command that waits is given up, and its neighbours are done', async () => {
  expect(await archiveBoth(61)).toMatchObject([
    { status: 'refused', code: 'internal' },
    { status: 'done' },
  ])
})
