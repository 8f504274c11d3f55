import { expect, test } from 'vitest'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember } from '#tests/support/fixtures.ts'

const { database, together, command } = useActions()

test('a command the API did not accept does nothing, whoever it names', async () => {
  const board = await aBoard(database())
  const member = await aMember(database(), board, 'member')
  const cardId = await aCard(database(), board, { title: 'As it was' })
  const edit = { baseVersion: 1, changes: { title: 'Forged' } }
  const real = await command(member, 'card.edit', cardId, edit)
  const forged = [
    { ...(await command(member, 'card.edit', cardId, edit)), actorId: board.ownerId },
    { ...real, body: { baseVersion: 1, changes: { title: 'Another text' } } },
    { ...(await command(member, 'card.edit', cardId, edit)), mac: '' },
  ]

  const outcomes = await together(forged)

  expect(outcomes).toMatchObject(forged.map(() => ({ code: 'permission.denied' })))
  const card = await database()('cards').where({ id: cardId }).first('title')
  expect(card.title).toBe('As it was')
})
