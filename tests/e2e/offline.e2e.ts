import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'

async function carryRight(page: Page, title: string): Promise<void> {
  await cardIn(page, 'To do', title).focus()
  for (const key of ['Space', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
}

/** The board as the page holds it, which it keeps in the browser a moment later. */
async function held(page: Page, path: string): Promise<{ offset: number } | undefined> {
  return await page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open('projectflow')
    opening.onsuccess = () => {
      const all = opening.result.transaction('reads').objectStore('reads').getAll()
      all.onsuccess = () => resolve(all.result.find(({ path }) => path === '${path}')?.value)
    }
  })`)
}

test('what is done without a network stays in its place, is kept, and is saved when it is back', async ({
  page,
  context,
  team,
}) => {
  const cardId = await team.card('Done on the train')
  await openBoard(page, team, team.ann)
  await context.setOffline(true)
  await expect(page.getByText('Offline')).toBeVisible()
  await carryRight(page, 'Done on the train')
  await expect(cardIn(page, 'Doing', 'Done on the train')).toBeVisible()
  await expect(page.getByText('Offline. 1 change is kept')).toBeVisible()
  const column = () => team.database('cards').where({ id: cardId }).first()
  expect(await column()).toMatchObject({ column_id: team.board.columns['To do'] })

  await context.setOffline(false)
  await expect(page.getByText('All changes saved')).toBeVisible()
  expect(await column()).toMatchObject({ column_id: team.board.columns['Doing'] })
  await expect(cardIn(page, 'Doing', 'Done on the train')).toBeVisible()
})

test('a column and its first card that were made without a network are both there afterwards', async ({
  page,
  context,
  team,
}) => {
  await openBoard(page, team, team.ann)
  await context.setOffline(true)
  await expect(page.getByText('Offline')).toBeVisible()
  await page.getByRole('button', { name: 'Add column' }).click()
  await page.keyboard.type('Review')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add card to Review' }).first().click()
  await page.keyboard.type('Waits for its column')
  await page.keyboard.press('Enter')
  await expect(cardIn(page, 'Review', 'Waits for its column')).toBeVisible()

  await context.setOffline(false)
  await expect(page.getByText('All changes saved')).toBeVisible()
  const card = await team.database('cards').where({ title: 'Waits for its column' }).first()
  const column = await team.database('columns').where({ id: card.column_id }).first()
  expect(column).toMatchObject({ board_id: team.board.boardId, name: 'Review' })
  await expect(cardIn(page, 'Review', 'Waits for its column')).toBeVisible()
})

test('what others did meanwhile is there once the network is back', async ({
  page,
  context,
  openElsewhere,
  team,
}) => {
  await team.card('Moved by another')
  await openBoard(page, team, team.ann)
  const other = await openElsewhere(team.bob)
  await context.setOffline(true)
  await carryRight(other, 'Moved by another')
  await expect(other.getByText('All changes saved')).toBeVisible()
  await context.setOffline(false)
  await expect(cardIn(page, 'Doing', 'Moved by another')).toBeVisible()

  // What events have made of the board is what the server reads of it anew.
  const { event_seq: last } = await team
    .database('boards')
    .where({ id: team.board.boardId })
    .first()
  const path = `/boards/${team.board.boardId}`
  await expect.poll(async () => (await held(page, path))?.offset).toBe(last)
  const made = await held(page, path)
  const read = page.waitForResponse((answer) => answer.url().endsWith(`/api/v1${path}`))
  await page.reload()
  expect(made).toEqual(await (await read).json())
})

test('a card opened without a network shows what is known, says what comes later, and it comes', async ({
  page,
  context,
  team,
}) => {
  await team.card('Known by its face')
  await openBoard(page, team, team.ann)
  // A board that has been seen for a moment has the code of its panel.
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  await cardIn(page, 'To do', 'Known by its face').click()
  const away = page.getByText('come as soon as the server can be reached')
  await expect(away).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Known by its face')
  await page.keyboard.press('Escape')

  await page.keyboard.press('n')
  await page.keyboard.type('Made on the train')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Made on the train')
  await expect(away).toBeVisible()
  await context.setOffline(false)
  await expect(away).toBeHidden()
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
})
