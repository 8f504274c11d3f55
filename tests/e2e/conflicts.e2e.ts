import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test, type Team } from './team.ts'

const CHANGES = /\/api\/v1\/cards\//

async function rename(page: Page, from: string, to: string): Promise<void> {
  await cardIn(page, 'To do', from).focus()
  await page.keyboard.press('e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(to)
  await page.keyboard.press('Enter')
}

/** Ann renames a card and cannot send it, Bob renames it meanwhile, and Ann is back in a new page. */
async function collide(
  page: Page,
  openElsewhere: (email: string) => Promise<Page>,
  team: Team,
): Promise<string> {
  const cardId = await team.card('As it was')
  await openBoard(page, team, team.ann)
  await page.route(CHANGES, async (route) =>
    route.request().method() === 'GET' ? await route.continue() : await route.abort(),
  )
  await rename(page, 'As it was', 'First of Ann')
  await rename(page, 'First of Ann', 'Of Ann')
  await expect(page.getByText('2 changes are kept here')).toBeVisible()
  const other = await openElsewhere(team.bob)
  await rename(other, 'As it was', 'Of Bob')
  await expect(other.getByText('All changes saved')).toBeVisible()
  await page.unroute(CHANGES)
  await page.reload()
  return cardId
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Somebody else changed this too' })

async function expectTitle(page: Page, team: Team, cardId: string, title: string): Promise<void> {
  await expect(page.getByText('All changes saved')).toBeVisible()
  await expect(cardIn(page, 'To do', title)).toBeVisible()
  // The page may have been looked at before it had read what this browser keeps.
  await expect
    .poll(() => team.database('cards').where({ id: cardId }).first())
    .toMatchObject({ title })
}

test('two titles, one of them given without a network: both are shown, and a third is made of them', async ({
  page,
  openElsewhere,
  team,
}) => {
  const cardId = await collide(page, openElsewhere, team)
  await expect(dialog(page)).toContainText('Of Ann')
  await expect(dialog(page)).toContainText('Of Bob')
  await dialog(page).getByRole('button', { name: 'Edit' }).click()
  await dialog(page).getByRole('textbox', { name: 'Title' }).fill('Of both')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page)).toBeHidden()
  await expectTitle(page, team, cardId, 'Of both')
})

test('a conflict that is put off is kept, also over a reload, until it is compared and decided', async ({
  page,
  openElsewhere,
  team,
}) => {
  const cardId = await collide(page, openElsewhere, team)
  await expect(dialog(page)).toBeVisible()
  await page.reload()
  await expect(dialog(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByText('1 change not saved')).toBeVisible()
  await expect(cardIn(page, 'To do', 'Of Bob')).toBeVisible()
  await page.getByRole('button', { name: 'Look' }).click()
  await page.getByRole('button', { name: 'Compare' }).click()
  await dialog(page).getByRole('button', { name: 'Keep mine' }).click()
  await expectTitle(page, team, cardId, 'Of Ann')
})

test('different fields that two people changed are both kept, and nobody is asked', async ({
  page,
  openElsewhere,
  team,
}) => {
  const cardId = await team.card('Two fields')
  await openBoard(page, team, team.ann)
  await page.route(CHANGES, async (route) =>
    route.request().method() === 'GET' ? await route.continue() : await route.abort(),
  )
  await rename(page, 'Two fields', 'Renamed by Ann')
  const other = await openElsewhere(team.bob)
  await cardIn(other, 'To do', 'Two fields').focus()
  await other.keyboard.press('p')
  await other.keyboard.type('urgent')
  await other.keyboard.press('Enter')
  await expect(other.getByText('All changes saved')).toBeVisible()
  await page.unroute(CHANGES)
  await page.reload()
  await expectTitle(page, team, cardId, 'Renamed by Ann')
  const card = await team.database('cards').where({ id: cardId }).first()
  expect(card.priority).toBe(1)
})
