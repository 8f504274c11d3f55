import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'

const paused = (page: Page) => page.getByText('Paused here')

async function addCard(page: Page, title: string): Promise<void> {
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'New card' }).fill(title)
  await page.getByRole('textbox', { name: 'New card' }).press('Enter')
  await page.keyboard.press('Escape')
}

test('six tabs of one browser are all live, and what is done in each is saved and seen in all', async ({
  page,
  context,
  team,
}) => {
  await openBoard(page, team, team.ann)
  const tabs = [page]
  for (let count = 1; count < 6; count += 1) {
    const tab = await context.newPage()
    await tab.goto(`/boards/${team.board.boardId}`)
    tabs.push(tab)
  }
  for (const [index, tab] of tabs.entries()) {
    await tab.bringToFront()
    await addCard(tab, `Of tab ${index + 1}`)
  }
  for (const tab of tabs) {
    await expect(cardIn(tab, 'To do', /^.*Of tab \d/)).toHaveCount(6)
    await expect(paused(tab)).toBeHidden()
  }
  const saved = () => team.database('cards').where('title', 'like', 'Of tab %')
  await expect.poll(async () => (await saved()).length).toBe(6)
})

test('the first of four browsers is paused until the person turns to it, and then has all that happened', async ({
  page,
  openElsewhere,
  team,
}) => {
  await openBoard(page, team, team.ann)
  const second = await openElsewhere(team.ann)
  await openElsewhere(team.ann)
  await expect(paused(page)).toBeHidden()
  const fourth = await openElsewhere(team.ann)
  await expect(paused(page)).toBeVisible()

  await addCard(fourth, 'Made meanwhile')
  await expect(cardIn(second, 'To do', 'Made meanwhile')).toBeVisible()
  await expect(cardIn(page, 'To do', 'Made meanwhile')).toBeHidden()
  await expect(paused(page)).toBeVisible()

  await page.getByRole('heading', { name: 'To do' }).click()
  await expect(cardIn(page, 'To do', 'Made meanwhile')).toBeVisible()
  await expect(paused(page)).toBeHidden()
  await expect(paused(second)).toBeVisible()
})
