import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import type { Outcome } from '#core/contracts/command.ts'
import { makeLog } from '#core/platform/log.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { kanban } from '#activities/kanban/index.ts'
import { projects } from '#activities/projects/index.ts'
import { aCommand, COMMAND_KEY } from '#tests/support/command.ts'
import { aBoard, aCard } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { cardActionActivities } from './index.ts'

const database = useDatabase()

test('a command the tables do not take is answered, and its neighbours are done', async () => {
  const board = await aBoard(database())
  const archive = async (ip: string) => {
    const cardId = await aCard(database(), board)
    return { ...(await aCommand(database(), board.ownerId, 'card.archive', cardId, {})), ip }
  }
  const commands = [await archive('::1'), await archive(''), await archive('::1')]
  const outcomes = new Map<string, Outcome>()
  const { applyBatch } = cardActionActivities(
    {
      database: database(),
      handlers: { ...kanban, ...projects },
      commandKey: COMMAND_KEY,
      recordAudit,
      announce: ({ answers }) =>
        answers.forEach(({ command, outcome }) => outcomes.set(command.id, outcome)),
      log: makeLog('test', 'silent'),
    },
    () => ({ workflowId: 'card-actions/test', runId: newId(), attempt: 1 }),
  )

  await applyBatch({ workspaceId: board.workspaceId, commands })

  expect(commands.map(({ id }) => outcomes.get(id))).toMatchObject([
    { status: 'done' },
    { status: 'refused', code: 'internal' },
    { status: 'done' },
  ])
  const lines = await database()('audit_log').where({ command_id: commands[1]!.id })
  expect(lines).toMatchObject([{ decision: 'refused', ip: '::' }])
})
