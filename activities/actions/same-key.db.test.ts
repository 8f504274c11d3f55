import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember } from '#tests/support/fixtures.ts'

const { database, together, command } = useActions()

test('two people who use one key in one batch are each told of their own events', async () => {
  const board = await aBoard(database())
  const { boardId, ownerId } = board
  const id = newId()
  const archive = async (actorId: string, on = board) =>
    await command(actorId, 'card.archive', await aCard(database(), on), {}, { id })
  const memberId = await aMember(database(), board, 'member')
  const other = await aBoard(database(), { within: board })
  const commands = [await archive(ownerId), await archive(memberId, other)]

  await together(commands)

  const outcomes = await database()('outcomes').where({ command_id: id })
  const offsets = Object.fromEntries(
    outcomes.map(({ actor_id, outcome }) => [actor_id, outcome.offsets]),
  )
  expect(offsets).toEqual({ [ownerId]: { [boardId]: 1 }, [memberId]: { [other.boardId]: 1 } })
})
