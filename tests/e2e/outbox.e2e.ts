import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'

const CHANGES = /\/api\/v1\/(cards|boards|columns)\//

/** From now on the server does not hear of changes; the page itself still loads. */
async function cutOff(page: Page): Promise<void> {
  await page.route(CHANGES, async (route) =>
    route.request().method() === 'GET' ? await route.continue() : await route.abort(),
  )
}

async function press(page: Page, title: string, ...keys: readonly string[]): Promise<void> {
  await cardIn(page, 'To do', title).focus()
  for (const key of keys) await page.keyboard.press(key)
}
const carryRight = async (page: Page, title: string) =>
  await press(page, title, 'Space', 'ArrowRight', 'Enter')

test('what a page could not send goes out from the next one, in order and under the same keys', async ({
  page,
  team,
}) => {
  for (const title of ['First', 'Second']) await team.card(title)
  await openBoard(page, team, team.ann)
  await cutOff(page)
  const tried: string[] = []
  page.on('requestfailed', (request) => tried.push(request.headers()['idempotency-key'] ?? ''))
  await carryRight(page, 'First')
  await carryRight(page, 'Second')
  await expect(page.getByText('Offline. 2 changes are kept here')).toBeVisible()

  await page.reload()
  await expect(cardIn(page, 'Doing', 'First')).toBeVisible()
  await expect(cardIn(page, 'Doing', 'Second')).toBeVisible()
  await expect(page.getByText('2 changes are kept here')).toBeVisible()
  const sent: string[] = []
  page.on('response', (response) => {
    if (!response.url().endsWith('/move')) return
    sent.push(response.request().headers()['idempotency-key'] ?? '')
  })
  await page.unroute(CHANGES)
  await page.evaluate("dispatchEvent(new Event('online'))")
  await expect(page.getByText('All changes saved')).toBeVisible()
  const cards = await team.database('cards').where({ column_id: team.board.columns['Doing'] })
  expect(cards).toHaveLength(2)
  await expect.poll(() => new Set(sent).size).toBe(2)
  // While the server is away only the first is tried.
  expect(new Set(tried)).toEqual(new Set([sent[0]]))
  await page.reload()
  await expect(page.getByText('All changes saved')).toBeVisible()
  expect(sent).toHaveLength(2)
})

test('what a tab had not sent when it was closed, another one sends', async ({
  page,
  context,
  team,
}) => {
  const cardId = await team.card('Left behind')
  await openBoard(page, team, team.ann)
  const other = await context.newPage()
  await other.goto(`/boards/${team.board.boardId}`)
  await cutOff(other)
  await carryRight(other, 'Left behind')
  await expect(other.getByText('1 change is kept here')).toBeVisible()
  await other.close()
  await page.evaluate("dispatchEvent(new Event('online'))")
  await expect(cardIn(page, 'Doing', 'Left behind')).toBeVisible()
  await expect(page.getByText('All changes saved')).toBeVisible()
  const card = await team.database('cards').where({ id: cardId }).first()
  expect(card).toMatchObject({ column_id: team.board.columns['Doing'] })
})

test('what was kept and is refused later is told in words, with what it was, until it is discarded', async ({
  page,
  team,
}) => {
  const cardId = await team.card('Gone meanwhile')
  await openBoard(page, team, team.ann)
  await cutOff(page)
  await carryRight(page, 'Gone meanwhile')
  await expect(page.getByText('1 change is kept here')).toBeVisible()
  await team.database('cards').where({ id: cardId }).update({ archived_at: new Date() })
  await page.unroute(CHANGES)
  await page.reload()
  await expect(page.getByText('1 change not saved')).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Look' }).first().click()
  const list = page.getByRole('dialog', { name: '1 change not saved' })
  const line = list.getByRole('listitem')
  await expect(line).toContainText('Moved')
  await expect(line).toContainText('Gone meanwhile')
  await expect(line).toContainText('archived')
  await line.getByRole('button', { name: 'Discard' }).click()
  await expect(list).toBeHidden()
  await expect(page.getByText('All changes saved')).toBeVisible()
})

test('where the browser keeps nothing, that is said, and leaving is asked about', async ({
  page,
  team,
}) => {
  await team.card('Only here')
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
  })
  await openBoard(page, team, team.ann)
  await cutOff(page)
  await carryRight(page, 'Only here')
  await expect(page.getByText('1 change only in this window')).toBeVisible()
  const asked = page.waitForEvent('dialog')
  const left = page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await left
  await page.unroute(CHANGES)
  await page.evaluate("dispatchEvent(new Event('online'))")
  await expect(page.getByText('All changes saved')).toBeVisible()
})
