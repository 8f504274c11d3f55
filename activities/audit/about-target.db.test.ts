import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard } from '#tests/support/fixtures.ts'
import { trail } from './queries.ts'

const { database, act, refusal, undo } = useActions()

test('the audit of a card tells all that was done to it, from its making on, and nothing of others', async () => {
  const { workspaceId, ownerId, boardId, columns } = await aBoard(database())
  const columnId = columns['To do']!
  const make = async (title: string) =>
    (await act(ownerId, 'card.create', boardId, { columnId, title })).result.card.id
  const [cardId, other] = [await make('Watched'), await make('Beside it')]
  const { result } = await act(ownerId, 'comment.add', cardId, { text: 'First' })
  await act(ownerId, 'comment.edit', result.comment.id, { text: 'Second' })
  const item = await act(ownerId, 'checklist.add', cardId, { text: 'To tick' })
  const ticked = await act(ownerId, 'checklist.edit', item.result.item.id, { done: true })
  await undo(ownerId, ticked.commandId)
  await refusal(ownerId, 'card.move', cardId, { columnId: newId() })
  await act(ownerId, 'comment.add', other, { text: 'Not here' })

  const { items } = await readAs(database('api'), { userId: ownerId }, (trx) =>
    trail(trx, workspaceId, { targetId: cardId, limit: 50 }, (id) => id),
  )
  expect(items.map(({ action }) => action)).toEqual([
    'card.move',
    'undo',
    'checklist.edit',
    'checklist.add',
    'comment.edit',
    'comment.add',
    'card.create',
  ])
  expect(items.at(-1)).toMatchObject({ targetKind: 'board', after: { title: 'Watched' } })
})
