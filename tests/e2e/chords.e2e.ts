import { expect, openBoard, test } from './team.ts'

test('a G and a letter lead to a page, and who hesitates is told which', async ({ page, team }) => {
  await openBoard(page, team, team.ann)
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await expect(page).toHaveURL(/\/inbox$/)
  await page.keyboard.press('g')
  const hint = page.getByRole('status').filter({ hasText: 'Go to the projects' })
  await expect(hint).toBeVisible()
  await page.keyboard.press('h')
  await expect(page).toHaveURL(/\/$/)
  await expect(hint).toBeHidden()
  await page.keyboard.press('i')
  await expect(page).toHaveURL(/\/$/)
})
