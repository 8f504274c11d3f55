import type { Locator } from '@playwright/test'
import { newId } from '#core/kernel/ids.ts'
import { expect, openBoard, test } from './team.ts'

/** RIGHT-TO-LEFT OVERRIDE: everything after it is written backwards, until its paragraph ends. */
const TURNER = '\u202e'

/** `NodeFilter.SHOW_TEXT` */
const TEXTS = 4

/** Where the first and the last letter of an element stand, from the left. */
const ends = async (element: Locator): Promise<[first: number, last: number]> =>
  await element.evaluate((box, show) => {
    const texts = box.ownerDocument.createTreeWalker(box, show)
    const range = box.ownerDocument.createRange()
    const places: number[] = []
    while (texts.nextNode()) {
      const { length } = texts.currentNode.textContent ?? ''
      for (let at = 0; at < length; at += 1) {
        range.setStart(texts.currentNode, at)
        range.setEnd(texts.currentNode, at + 1)
        const { left, width } = range.getBoundingClientRect()
        if (width > 0) places.push(left)
      }
    }
    return [places[0]!, places.at(-1)!]
  }, TEXTS)

test('a text that turns what follows it round turns neither names nor our own words', async ({
  page,
  team,
}) => {
  const { database, board } = team
  const [cardId, home] = [await team.card('Turned'), { workspace_id: board.workspaceId }]
  await database('comments').insert({
    ...home,
    id: newId(),
    card_id: cardId,
    author_id: team.odaId,
    body: `${TURNER}gnp.exe @Ann`,
  })
  // Titles may not hold it any more, but what was written before is still there to be read.
  await database('boards').where({ id: board.boardId }).update({ event_seq: 1 })
  await database('board_events').insert({
    ...home,
    board_id: board.boardId,
    seq: 1,
    type: 'card.edited',
    card_id: cardId,
    actor_id: team.odaId,
    command_id: newId(),
    body: { reload: true },
    changes: { title: ['A', `${TURNER}B`] },
  })
  await openBoard(page, team, team.ann)
  await page.goto(`/boards/${board.boardId}?card=${cardId}`)

  const [first, last] = await ends(page.getByText('@Ann', { exact: true }))
  expect(first).toBeLessThan(last)
  const entry = page.getByRole('listitem').filter({ hasText: 'changed the title' })
  const [name] = await ends(entry.getByText('Oda'))
  const [point, when] = await ends(entry.getByText('·'))
  expect(name).toBeLessThan(point)
  expect(point).toBeLessThan(when)
})
