import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { aBoard, aCard, aMember, aUser } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { notify } from './notify.ts'

const database = useDatabase()

async function aMention(userIds: (workspace: { workspaceId: string }) => Promise<string[]>) {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board)
  const payload = {
    kind: 'mentioned',
    userIds: await userIds(board),
    boardId: board.boardId,
    cardId,
    actorId: board.ownerId,
    excerpt: 'Have a look',
  }
  return { id: newId(), workspaceId: board.workspaceId, effectKey: newId(), payload }
}

test('everybody it concerns is told once, even when it is told twice', async () => {
  const due = await aMention(async (workspace) => [
    await aMember(database(), workspace, 'member'),
    await aMember(database(), workspace, 'viewer'),
  ])
  await database().transaction((trx) => notify(trx, due))
  await database().transaction((trx) => notify(trx, due))
  const told = await database()('notifications').where({ card_id: due.payload.cardId })
  expect(new Set(told.map((row) => row.user_id))).toEqual(new Set(due.payload.userIds))
  expect(told).toHaveLength(2)
  expect(told[0]).toMatchObject({
    kind: 'mentioned',
    actor_id: due.payload.actorId,
    excerpt: 'Have a look',
    read_at: null,
  })
})

test('who is no member of the workspace is not told', async () => {
  const due = await aMention(async () => [await aUser(database())])
  await database().transaction((trx) => notify(trx, due))
  expect(await database()('notifications').where({ card_id: due.payload.cardId })).toEqual([])
})
