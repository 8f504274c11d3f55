import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { makeLog } from '#core/platform/log.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard } from '#tests/support/fixtures.ts'
import { cancelCommands } from './cancel-commands.ts'

const { database, together, command } = useActions()

async function anArchiving() {
  const board = await aBoard(database())
  return await command(board.ownerId, 'card.archive', await aCard(database(), board), {})
}

async function cancel(asked: Awaited<ReturnType<typeof anArchiving>>): Promise<void> {
  const tools = { database: database(), recordAudit, log: makeLog('test', 'silent') }
  await cancelCommands(tools, [asked], { workflowId: 'card-actions/test', runId: newId() })
}

const outcomeOf = async ({ id }: { id: string }) =>
  (await database()('outcomes').where({ command_id: id }).first('outcome'))?.outcome

test('what was done before it could be cancelled stays done', async () => {
  const asked = await anArchiving()
  await together([asked])
  await cancel(asked)
  expect(await outcomeOf(asked)).toMatchObject({ status: 'done' })
})

test('what could not be stored for now is not taken for settled', async () => {
  const asked = await anArchiving()
  const hold = await database().transaction()
  await hold.raw('lock table outcomes in share mode')
  await hold.raw('set local idle_in_transaction_session_timeout = 0')
  await expect(cancel(asked)).rejects.toThrow('statement timeout')
  await hold.rollback()
  expect(await outcomeOf(asked)).toBeUndefined()

  await cancel(asked)
  expect(await outcomeOf(asked)).toMatchObject({ code: 'command.cancelled' })
})
