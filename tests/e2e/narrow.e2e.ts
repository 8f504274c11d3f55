import { cardIn, expect, openBoard, test } from './team.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

/** How long a finger rests before the menu opens, and a little more. */
const LONG_PRESS_MS = 450

test('at touch width a card moves by the menu of a long press', async ({ page, team }) => {
  await team.card('Press me')
  await openBoard(page, team, team.ann)
  const card = cardIn(page, 'To do', 'Press me')
  const box = (await card.boundingBox())!
  const touch = await page.context().newCDPSession(page)
  const at = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at })
  await page.waitForTimeout(LONG_PRESS_MS)
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await page.getByRole('option', { name: 'Done' }).click()
  await expect
    .poll(() => team.database('cards').where({ title: 'Press me' }).first())
    .toMatchObject({
      column_id: team.board.columns['Done'],
    })
})

test('nothing is wider than the screen', async ({ page, team }) => {
  await team.card('A title that is long enough to need more than a single line on a phone')
  await openBoard(page, team, team.ann)
  const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  expect(wider).toBeLessThanOrEqual(0)
})

test('what is not saved yet is told on a phone too, also above an open card', async ({
  page,
  context,
  team,
}) => {
  await team.card('Done on the train')
  await openBoard(page, team, team.ann)
  await expect(page.getByText('All changes saved')).toBeHidden()
  await cardIn(page, 'To do', 'Done on the train').click()
  const card = page.getByRole('complementary', { name: 'Card CHK-1' })
  await expect(card.getByRole('heading', { name: 'History' })).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText('Offline')).toBeInViewport({ ratio: 1 })
  await card.getByRole('textbox', { name: 'Title' }).fill('Renamed on the train')
  await page.keyboard.press('Enter')
  const sign = page.getByText('Offline. 1 change is kept')
  await expect(sign).toBeInViewport({ ratio: 1 })
  await card.getByRole('button', { name: 'Close' }).click()
  await expect(sign).toBeInViewport({ ratio: 1 })

  await context.setOffline(false)
  await expect(sign).toBeHidden()
  await expect(page.getByText(/Offline|Saving/)).toBeHidden()
})
