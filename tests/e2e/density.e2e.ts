import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'

/** How far a card begins below the one above it, and the space between the two. */
async function distances(page: Page): Promise<{ step: number; gap: number }> {
  const [first, second] = [cardIn(page, 'To do', 'First'), cardIn(page, 'To do', 'Second')]
  await expect(second).toBeVisible()
  const [above, below] = [(await first.boundingBox())!, (await second.boundingBox())!]
  const step = below.y - above.y
  return { step, gap: Math.round(step - above.height) }
}

test('who chooses a compact page sees more cards at once, then and later', async ({
  page,
  team,
}) => {
  await team.card('First')
  await team.card('Second')
  await openBoard(page, team, team.ann)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const regular = await distances(page)
  expect(regular.gap).toBe(6)

  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitemradio', { name: 'Compact' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => distances(page)).toMatchObject({ gap: 4 })
  const compact = await distances(page)
  expect(compact.step).toBeLessThan(regular.step)

  await page.reload()
  await expect.poll(() => distances(page)).toEqual(compact)

  await page.keyboard.press('Control+k')
  await page.keyboard.type('density loose')
  await page.keyboard.press('Enter')
  await expect.poll(() => distances(page)).toMatchObject({ gap: 8 })
})
