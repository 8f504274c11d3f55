import { expect, test } from 'vitest'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aMember, manyCards } from '#tests/support/fixtures.ts'

const { database, together, command } = useActions()

const COMMANDS = 64
const ACTORS = 8

test('a batch of 64 commands from 8 people, every second refused, is booked to each one’s own', async () => {
  const board = await aBoard(database())
  const people = await Promise.all(
    Array.from({ length: ACTORS }, () => aMember(database(), board, 'member')),
  )
  const cardIds = await manyCards(database(), board, COMMANDS)
  const archived = cardIds.filter((_, index) => index % 2 === 1)
  await database()('cards').whereIn('id', archived).update({ archived_at: new Date() })
  const commands = await Promise.all(
    cardIds.map((cardId, index) =>
      command(people[index % ACTORS]!, 'card.edit', cardId, {
        baseVersion: 1,
        changes: { title: `By ${index}` },
      }),
    ),
  )

  const outcomes = await together(commands)

  const stati = commands.map((_, index) => (index % 2 === 0 ? 'done' : 'refused'))
  expect(outcomes.map(({ status }) => status)).toEqual(stati)
  const booked = (rows: { command_id: string; actor_id: string }[]) =>
    Object.fromEntries(rows.map((row) => [row.command_id, row.actor_id]))
  const own = Object.fromEntries(commands.map(({ id, actorId }) => [id, actorId]))
  expect(booked(await database()('outcomes'))).toEqual(own)
  expect(booked(await database()('audit_log'))).toEqual(own)
})
