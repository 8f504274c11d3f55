import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test, type Team } from './team.ts'

const titles = ['First', 'Second', 'Third', 'Fourth']

async function withFourCards(page: Page, team: Team): Promise<void> {
  for (const title of titles) await team.card(title)
  await openBoard(page, team, team.ann)
}

/** The picture under the pointer lives for one frame, so the page itself looks out for it. */
async function lookOutForBadge(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(`new MutationObserver(() => {
    const badge = document.querySelector('.board-drag-count')
    if (badge) window.lastBadge = badge.textContent
  }).observe(document.body, { childList: true, subtree: true })`)
  return async () => await page.evaluate('window.lastBadge')
}

test('cards selected with X are dragged together under a badge, and one undo brings all back', async ({
  page,
  team,
}) => {
  await team.card('Already there', 'Done')
  await withFourCards(page, team)
  for (const title of ['First', 'Third']) {
    await cardIn(page, 'To do', title).focus()
    await page.keyboard.press('x')
  }
  const badge = await lookOutForBadge(page)
  await cardIn(page, 'To do', 'Third').dragTo(cardIn(page, 'Done', 'Already there'))
  await expect(page.getByRole('list', { name: 'Done' })).toContainText(/First.*Third/)
  expect(await badge()).toBe('2')
  await expect(page.getByText('All changes saved')).toBeVisible()

  await page.keyboard.press('Control+z')
  const column = page.getByRole('list', { name: 'To do' })
  await expect(column).toContainText(/First.*Second.*Third.*Fourth/)
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.reload()
  await expect(column).toContainText(/First.*Second.*Third.*Fourth/)
})

test('a range selected with Shift is archived as one and comes back as one', async ({
  page,
  team,
}) => {
  await withFourCards(page, team)
  await cardIn(page, 'To do', 'First').focus()
  await page.keyboard.press('x')
  await cardIn(page, 'To do', 'Third').click({ modifiers: ['Shift'] })
  await cardIn(page, 'To do', 'Second').focus()
  await page.keyboard.press('Delete')
  for (const title of ['First', 'Second', 'Third']) {
    await expect(cardIn(page, 'To do', title)).toBeHidden()
  }
  await expect(cardIn(page, 'To do', 'Fourth')).toBeFocused()
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.keyboard.press('Control+z')
  for (const title of titles) await expect(cardIn(page, 'To do', title)).toBeVisible()
})

test('what was taken back is done again with Ctrl+Shift+Z', async ({ page, team }) => {
  await withFourCards(page, team)
  await cardIn(page, 'To do', 'Second').focus()
  await page.keyboard.press('Delete')
  await page.keyboard.press('Control+z')
  await expect(cardIn(page, 'To do', 'Second')).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await expect(cardIn(page, 'To do', 'Second')).toBeHidden()
  await expect(page.getByText('All changes saved')).toBeVisible()
  const rows = team.database('cards').where({ title: 'Second', board_id: team.board.boardId })
  expect(await rows.first()).toMatchObject({ archived_at: expect.any(Date) })
})

async function pasteAsCards(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
  await page.keyboard.press('n')
  await expect(page.getByRole('textbox', { name: 'New card' })).toBeFocused()
  await page.keyboard.press('Control+v')
}

test('a pasted list becomes a card for each line', async ({ page, team }) => {
  await openBoard(page, team, team.ann)
  await pasteAsCards(page, titles.join('\n'))
  for (const title of titles) await expect(cardIn(page, 'To do', title)).toBeVisible()
})

test('of a longer list a hundred lines become cards, the rest waits in the field and is told', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.ann)
  const long = `Long ${'word '.repeat(60)}`.trim()
  const lines = Array.from({ length: 103 }, (_, index) => `Line ${index + 1}`).with(0, long)
  await pasteAsCards(page, lines.join('\n'))
  const told = page.getByRole('listitem').filter({ hasText: 'Added 100 cards' })
  await expect(told).toContainText('1 card: Longer than a title')
  await expect(told).toContainText('3 more in the field')
  const field = page.getByRole('textbox', { name: 'New card' })
  await expect(field).toHaveValue('Line 101\nLine 102\nLine 103')
  await field.press('Enter')
  await expect(cardIn(page, 'To do', 'Line 103')).toHaveAttribute('aria-setsize', '103')
  await expect(field).toHaveValue('')
  // The first line is the first that is sent; the others follow one after the other.
  const first = () => team.database('cards').where({ board_id: team.board.boardId }).first()
  const whole = { title: long.slice(0, 200).trim(), description: long }
  await expect.poll(() => first().where({ description: long })).toMatchObject(whole)
})

test('lines that wait in the field are not lost by Escape, and told once however they come and go', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.ann)
  const lines = Array.from({ length: 103 }, (_, index) => `Line ${index + 1}`)
  await pasteAsCards(page, lines.join('\n'))
  const told = page.getByRole('listitem').filter({ hasText: '3 more in the field' })
  const field = page.getByRole('textbox', { name: 'New card' })
  await told.getByRole('button', { name: 'Undo' }).click()
  await expect(cardIn(page, 'To do', 'Line')).toHaveCount(0)
  await expect(told).toBeHidden()
  await field.press('Escape')
  await expect(field).toBeHidden()
  await page.keyboard.press('Control+Shift+z')
  await expect(cardIn(page, 'To do', 'Line').first()).toHaveAttribute('aria-setsize', '100')
  const dropped = page.getByRole('listitem').filter({ hasText: 'Dropped 3 lines' })
  await expect(dropped).toBeVisible()
  await expect(told).toBeHidden()
  await dropped.getByRole('button', { name: 'Undo' }).click()
  await expect(field).toHaveValue('Line 101\nLine 102\nLine 103')
})

test('no toast covers what is written at the foot of a column', async ({ page, team }) => {
  for (let index = 1; index <= 20; index += 1) await team.card(`Card ${index}`)
  await openBoard(page, team, team.ann)
  await cardIn(page, 'To do', 'Card 1').first().focus()
  await page.keyboard.press('Delete')
  await page.keyboard.press('n')
  const field = await page.getByRole('textbox', { name: 'New card' }).boundingBox()
  const toast = page.getByRole('listitem').filter({ hasText: 'Archived' })
  await expect.poll(async () => (await toast.boundingBox())!.y).toBeLessThan(field!.y / 2)
})
