import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { RANK_LENGTH_MAX } from '#core/kernel/rank.ts'
import { cardDetails } from '#activities/kanban/queries.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember } from '#tests/support/fixtures.ts'

const { database, act, refusal, undo, undoRefusal, together, command } = useActions()

async function aChecklist(...texts: string[]) {
  const board = await aBoard(database())
  const { ownerId } = board
  const cardId = await aCard(database(), board)
  const items: string[] = []
  for (const text of texts) {
    items.push((await act(ownerId, 'checklist.add', cardId, { text })).result.item.id)
  }
  const list = async () =>
    (await cardDetails(database(), ownerId, cardId))!.checklist.map(({ text, done }) =>
      done ? `${text} ✓` : text,
    )
  return { ...board, cardId, items, list }
}

test('items are added at the end or beside another', async () => {
  const { ownerId, cardId, items, list } = await aChecklist('One', 'Two')
  const itemId = newId()
  const added = await act(ownerId, 'checklist.add', cardId, {
    itemId,
    text: 'Between',
    after: items[0]!,
  })
  expect(added.result).toMatchObject({
    item: { id: itemId, text: 'Between', done: false },
    card: { checklist: [0, 3] },
  })
  expect(added.events).toMatchObject([{ type: 'checklist.added', card: { checklist: [0, 3] } }])
  await act(ownerId, 'checklist.add', cardId, { text: 'First', before: items[0]! })
  await act(ownerId, 'checklist.add', cardId, { text: 'Last', before: newId() })
  expect(await list()).toEqual(['First', 'One', 'Between', 'Two', 'Last'])
  expect(await refusal(ownerId, 'checklist.add', cardId, { itemId, text: 'Again' })).toMatchObject({
    code: 'request.id_taken',
  })
})

test('a tick counts on the card', async () => {
  const { ownerId, items } = await aChecklist('One', 'Two')
  const ticked = await act(ownerId, 'checklist.edit', items[0]!, { done: true })
  expect(ticked.result.card.checklist).toEqual([1, 2])
  const removed = await act(ownerId, 'checklist.remove', items[0]!, {})
  expect(removed.result.card.checklist).toEqual([0, 1])
  const recovered = await act(ownerId, 'checklist.recover', items[0]!, {})
  expect(recovered.result.card.checklist).toEqual([1, 2])
  expect((await act(ownerId, 'checklist.recover', items[0]!, {})).events).toEqual([])
  expect((await act(ownerId, 'checklist.edit', items[0]!, { done: true })).events).toEqual([])
})

test('each change of a checklist is taken back and forth', async () => {
  const { ownerId, cardId, items, list } = await aChecklist('One', 'Two')
  const backAndForth = async (commandId: string, back: string[], forth: string[]) => {
    const undone = await undo(ownerId, commandId)
    expect(await list()).toEqual(back)
    await undo(ownerId, undone.commandId)
    expect(await list()).toEqual(forth)
  }
  const edited = await act(ownerId, 'checklist.edit', items[0]!, { text: 'Uno', done: true })
  await backAndForth(edited.commandId, ['One', 'Two'], ['Uno ✓', 'Two'])
  const moved = await act(ownerId, 'checklist.move', items[0]!, { after: items[1]! })
  await backAndForth(moved.commandId, ['Uno ✓', 'Two'], ['Two', 'Uno ✓'])
  const removed = await act(ownerId, 'checklist.remove', items[0]!, {})
  await backAndForth(removed.commandId, ['Two', 'Uno ✓'], ['Two'])
  const recovered = await act(ownerId, 'checklist.recover', items[0]!, {})
  await backAndForth(recovered.commandId, ['Two'], ['Two', 'Uno ✓'])
  const added = await act(ownerId, 'checklist.add', cardId, { text: 'Three' })
  await backAndForth(added.commandId, ['Two', 'Uno ✓'], ['Two', 'Uno ✓', 'Three'])
})

test('an item that is brought back shares its place with nobody', async () => {
  const { ownerId, cardId, items, list } = await aChecklist('One', 'Two')
  const removed = await act(ownerId, 'checklist.remove', items[1]!, {})
  const third = await act(ownerId, 'checklist.add', cardId, { text: 'Three' })
  await undo(ownerId, removed.commandId)
  expect(new Set(await list())).toEqual(new Set(['One', 'Two', 'Three']))
  const beside = { text: 'Before', before: items[1]! }
  await act(ownerId, 'checklist.add', cardId, beside)
  await act(ownerId, 'checklist.add', cardId, { text: 'After', after: items[1]! })
  await act(ownerId, 'checklist.move', items[0]!, { after: third.result.item.id })
  expect((await list()).join()).toContain('Before,Two,After')
})

test("a tick is taken back though another changed the text, but not another's tick", async () => {
  const { ownerId, items, list, ...board } = await aChecklist('One')
  const memberId = await aMember(database(), board, 'member')
  const ticked = await act(ownerId, 'checklist.edit', items[0]!, { done: true })
  await act(memberId, 'checklist.edit', items[0]!, { text: 'Uno' })
  await undo(ownerId, ticked.commandId)
  expect(await list()).toEqual(['Uno'])

  const again = await act(ownerId, 'checklist.edit', items[0]!, { done: true })
  await act(memberId, 'checklist.edit', items[0]!, { done: false })
  await act(memberId, 'checklist.edit', items[0]!, { done: true })
  expect(await undoRefusal(ownerId, again.commandId)).toEqual({
    code: 'undo.changed_since',
    details: { fields: ['done'] },
  })
})

test('an item that was worked on by another is not taken back as new', async () => {
  const { ownerId, cardId, ...board } = await aChecklist()
  const memberId = await aMember(database(), board, 'member')
  const added = await act(ownerId, 'checklist.add', cardId, { text: 'One' })
  await act(memberId, 'checklist.edit', added.result.item.id, { done: true })
  expect(await undoRefusal(ownerId, added.commandId)).toMatchObject({
    code: 'undo.changed_since',
  })
})

test('a removed item, or one on a card put away, stands still', async () => {
  const { ownerId, cardId, boardId, items } = await aChecklist('One', 'Two')
  const codes = async (id: string) => [
    (await refusal(ownerId, 'checklist.edit', id, { done: true })).code,
    (await refusal(ownerId, 'checklist.move', id, {})).code,
    (await refusal(ownerId, 'checklist.remove', id, {})).code,
  ]
  await act(ownerId, 'checklist.remove', items[0]!, {})
  expect(new Set(await codes(items[0]!))).toEqual(new Set(['checklist.not_found']))
  const all = async () => [
    ...(await codes(items[1]!)),
    (await refusal(ownerId, 'checklist.add', cardId, { text: 'New' })).code,
    (await refusal(ownerId, 'checklist.recover', items[0]!, {})).code,
  ]
  await act(ownerId, 'card.archive', cardId, {})
  expect(new Set(await all())).toEqual(new Set(['card.archived']))
  await act(ownerId, 'card.delete', cardId, {})
  expect(new Set(await all())).toEqual(new Set(['card.deleted']))
  await act(ownerId, 'card.recover', cardId, {})
  await act(ownerId, 'card.restore', cardId, {})
  await act(ownerId, 'board.archive', boardId, {})
  expect(new Set(await all())).toEqual(new Set(['board.archived']))
})

test('a checklist has at most 200 items', async () => {
  const { ownerId, cardId, items } = await aChecklist('One')
  await act(ownerId, 'checklist.remove', items[0]!, {})
  await together(
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        command(ownerId, 'checklist.add', cardId, { text: `Item ${index}` }),
      ),
    ),
  )
  const code = 'card.checklist_limit'
  expect(await refusal(ownerId, 'checklist.add', cardId, { text: 'More' })).toMatchObject({ code })
  expect(await refusal(ownerId, 'checklist.recover', items[0]!, {})).toMatchObject({ code })
})

test('ranks stay short, however often items are moved to one place', async () => {
  const { ownerId, cardId, items, list } = await aChecklist('One', 'Two', 'Three')
  const [first, second, third] = items as [string, string, string]
  const moves = await Promise.all(
    Array.from({ length: 300 }, (_, index) =>
      command(ownerId, 'checklist.move', index % 2 ? second : third, { after: first }),
    ),
  )
  await together(moves)
  const ranks: string[] = await database()('checklist_items')
    .where({ card_id: cardId })
    .pluck('rank')
  expect(Math.max(...ranks.map((rank) => rank.length))).toBeLessThanOrEqual(RANK_LENGTH_MAX)
  expect(await list()).toEqual(['One', 'Two', 'Three'])
})
