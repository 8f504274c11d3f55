import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

async function fromMenu(page: Page, column: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for column ${column}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

test('a column is added and renamed, and others see both', async ({
  page,
  openElsewhere,
  team,
}) => {
  await openBoard(page, team, team.ann)
  const other = await openElsewhere(team.bob)
  await page.getByRole('button', { name: 'Add column' }).click()
  await page.keyboard.type('Review')
  await page.keyboard.press('Enter')
  await expect(heading(other, 'Review')).toBeVisible()

  await fromMenu(page, 'Review', 'Rename')
  await page.keyboard.type('In review')
  await page.keyboard.press('Enter')
  await expect(heading(other, 'In review')).toBeVisible()
  await expect(heading(other, 'Review')).toBeHidden()
})

test('a column moves by its menu and is dragged by its head', async ({ page, team }) => {
  await openBoard(page, team, team.ann)
  const names = page.getByRole('heading', { name: /^(To do|Doing|Done)$/ })
  await fromMenu(page, 'Done', 'Move left')
  await expect(names).toHaveText(['To do', 'Done', 'Doing'])
  await heading(page, 'To do').dragTo(heading(page, 'Doing'))
  await expect(names).toHaveText(['Done', 'To do', 'Doing'])
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.reload()
  await expect(names).toHaveText(['Done', 'To do', 'Doing'])
})

test('a column at a limit that blocks refuses one more card and says why', async ({
  page,
  team,
}) => {
  await team.card('Fills it', 'Doing')
  await team.card('Too much')
  await openBoard(page, team, team.ann)
  await fromMenu(page, 'Doing', 'Limit cards')
  await page.getByRole('spinbutton', { name: 'Cards at most' }).fill('1')
  await page.getByRole('radio', { name: 'Refuse cards above the limit' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('1 / 1')).toBeVisible()
  await expect(page.getByText('All changes saved')).toBeVisible()

  await cardIn(page, 'To do', 'Too much').dragTo(cardIn(page, 'Doing', 'Fills it'))
  await expect(page.getByText('The column is at its limit').first()).toBeVisible()
  await expect(cardIn(page, 'To do', 'Too much')).toBeVisible()
  await expect(cardIn(page, 'Doing', 'Too much')).toBeHidden()
})

test('a card put above a limit that warns is told of, and taken back from there', async ({
  page,
  team,
}) => {
  await team.card('Fills it', 'Doing')
  await team.card('Too much')
  await team
    .database('columns')
    .where({ id: team.board.columns['Doing'] })
    .update({ wip_limit: 1, wip_mode: 'warn' })
  await openBoard(page, team, team.ann)
  await cardIn(page, 'To do', 'Too much').dragTo(cardIn(page, 'Doing', 'Fills it'))
  await expect(cardIn(page, 'Doing', 'Too much')).toBeVisible()
  const told = page.getByRole('listitem').filter({ hasText: 'Doing is above its limit: 2 / 1' })
  await expect(told).toContainText('Moved CHK-2 to Doing')
  await expect(page.locator('p[aria-live=polite]')).toContainText('Doing is above its limit: 2 / 1')
  await expect(page.getByText('All changes saved')).toBeVisible()
  await told.getByRole('button', { name: 'Undo' }).click()
  await expect(cardIn(page, 'To do', 'Too much')).toBeVisible()
})

test('an archived column leaves with its cards, and undo brings back both', async ({
  page,
  team,
}) => {
  await team.card('Goes along', 'Doing')
  await openBoard(page, team, team.ann)
  await fromMenu(page, 'Doing', 'Archive column')
  await expect(heading(page, 'Doing')).toBeHidden()
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(cardIn(page, 'Doing', 'Goes along')).toBeVisible()
})

test('an archived column is found among what was put away and restored from there', async ({
  page,
  team,
}) => {
  await team.card('Goes along', 'Doing')
  await openBoard(page, team, team.ann)
  await fromMenu(page, 'Doing', 'Archive column')
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Actions for Team' }).click()
  await page.getByRole('menuitem', { name: 'Archived and deleted' }).click()
  await page.getByRole('tab', { name: 'Archived columns' }).click()
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.keyboard.press('Escape')
  await expect(cardIn(page, 'Doing', 'Goes along')).toBeVisible()
})
