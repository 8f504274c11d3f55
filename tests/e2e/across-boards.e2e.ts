import type { Page } from '@playwright/test'
import { aBoard } from '#tests/support/fixtures.ts'
import type { SomeBoard } from '#tests/support/fixtures.ts'
import { cardIn, expect, openBoard, test, type Team } from './team.ts'

async function aRoadmap(team: Team): Promise<SomeBoard> {
  const wishes = { name: 'Roadmap', columns: ['Soon', 'Later'], within: team.board }
  return await aBoard(team.database, wishes)
}

/** Chooses the other board, then one of its columns, by typing. */
async function choose(page: Page, ...words: string[]): Promise<void> {
  for (const word of words) {
    await expect(page.getByRole('option', { name: word })).toBeVisible()
    await page.keyboard.type(word)
    await page.keyboard.press('Enter')
  }
}

test('M moves selected cards to another board of the project, where others see them; undo brings them back', async ({
  page,
  openElsewhere,
  team,
}) => {
  const roadmap = await aRoadmap(team)
  for (const title of ['Stays', 'First', 'Second']) await team.card(title)
  await openBoard(page, team, team.ann)
  const other = await openElsewhere(team.bob)
  await other.goto(`/boards/${roadmap.boardId}`)
  await expect(other.getByRole('heading', { name: 'Later' })).toBeVisible()
  for (const title of ['First', 'Second']) await cardIn(page, 'To do', title).press('x')
  await page.keyboard.press('m')
  await choose(page, 'Roadmap', 'Later')
  await expect(cardIn(page, 'To do', 'First')).toBeHidden()
  await expect(cardIn(page, 'To do', 'Stays')).toBeFocused()
  const said = 'Moved 2 cards to Roadmap, Later'
  await expect(page.locator('p[aria-live=polite]')).toHaveText(said)
  await expect(other.getByRole('list', { name: 'Later' })).toContainText(/First.*Second/)
  await expect(page.getByText('All changes saved')).toBeVisible()

  await page.keyboard.press('Control+z')
  const column = page.getByRole('list', { name: 'To do' })
  await expect(column).toContainText(/Stays.*First.*Second/)
  await expect(cardIn(other, 'Later', 'First')).toBeHidden()
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.reload()
  await expect(column).toContainText(/Stays.*First.*Second/)
})

test('a card moved to another board from its panel closes it, and comes back with its button', async ({
  page,
  team,
}) => {
  const roadmap = await aRoadmap(team)
  const cardId = await team.card('Too early')
  await openBoard(page, team, team.ann)
  await cardIn(page, 'To do', 'Too early').click()
  const panel = page.getByRole('complementary', { name: 'Card CHK-1' })
  await panel.getByRole('button', { name: 'Column' }).click()
  await choose(page, 'Roadmap', 'Soon')
  await expect(panel).toBeHidden()
  await expect(cardIn(page, 'To do', 'Too early')).toBeHidden()
  await expect(page.getByText('All changes saved')).toBeVisible()
  expect(await team.database('cards').where({ id: cardId }).first()).toMatchObject({
    board_id: roadmap.boardId,
    column_id: roadmap.columns['Soon'],
  })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(cardIn(page, 'To do', 'Too early')).toBeVisible()
  await expect(page).toHaveURL(`/boards/${team.board.boardId}`)
})
