import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test, type Team } from './team.ts'

const MISSING = 'This part of the page could not be loaded'
/** All code but the page's own and the live connection's. */
const PARTS = /\/assets\/(?!early|app|vue|rolldown-runtime|board-socket)[^/]*\.js$/

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and actions' })

/** What people do on a board, on cards A and B; each opens a part whose code came later. */
async function useAllParts(page: Page): Promise<void> {
  await cardIn(page, 'To do', 'Card A').click()
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Title' }).press('Escape')
  await cardIn(page, 'To do', 'Card A').focus()
  for (const [key, name] of Object.entries({ m: 'Move to', l: 'Labels', d: 'Due' })) {
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(cardIn(page, 'To do', 'Card A')).toBeFocused()
  }
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Actions for Team' }).first().click()
  await expect(page.getByRole('menuitem', { name: 'Archived and deleted' })).toBeVisible()
  await page.keyboard.press('Escape')
  await cardIn(page, 'To do', 'Card B').focus()
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(cardIn(page, 'To do', 'Card B')).toBeVisible()
}

async function twoCards(page: Page, team: Team): Promise<void> {
  for (const title of ['Card A', 'Card B']) await team.card(title)
  await openBoard(page, team, team.ann)
}

/** Opens the board anew, with no more code to be had than what it needs to be seen. */
async function reloadWithoutParts(page: Page): Promise<void> {
  await page.route(PARTS, async (route) => await route.abort('internetdisconnected'))
  await page.reload()
  await expect(cardIn(page, 'To do', 'Card A')).toBeVisible()
}

for (const seenMs of [1_000, 6_000]) {
  test(`a board seen for ${seenMs / 1_000} s has all its parts when the network goes`, async ({
    page,
    context,
    team,
  }) => {
    await twoCards(page, team)
    await page.waitForTimeout(seenMs)
    await context.setOffline(true)
    await useAllParts(page)
  })
}

test('a card whose panel cannot be had is told so, and opens once the network is back', async ({
  page,
  context,
  team,
}) => {
  await twoCards(page, team)
  await reloadWithoutParts(page)
  await context.setOffline(true)
  await cardIn(page, 'To do', 'Card A').click()
  await expect(page.getByText(MISSING).first()).toBeVisible()
  await page.unroute(PARTS)
  await context.setOffline(false)
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Card A')
  await expect(page.getByRole('listitem').filter({ hasText: MISSING })).toBeHidden()
  await page.getByRole('textbox', { name: 'Title' }).press('Escape')
  await useAllParts(page)
})

test('a palette that cannot be had comes when asked for again, and not once it is closed', async ({
  page,
  team,
}) => {
  await twoCards(page, team)
  await reloadWithoutParts(page)
  const told = page.getByRole('listitem').filter({ hasText: MISSING })
  await cardIn(page, 'To do', 'Card B').focus()
  await page.keyboard.press('Control+k')
  await expect(told).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(told).toBeHidden()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('card a')
  await expect(told).toBeVisible()
  await page.unroute(PARTS)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(palette(page)).toBeVisible()
  await expect(
    palette(page).getByRole('combobox').or(palette(page).getByRole('textbox')),
  ).toHaveValue('card a')
  await expect(told).toBeHidden()
})

test('a part that is gone from the server, as after an update, offers the page anew', async ({
  page,
  team,
}) => {
  await twoCards(page, team)
  let isGone = true
  await page.route(PARTS, async (route) =>
    isGone ? await route.fulfill({ status: 404 }) : await route.continue(),
  )
  await page.reload()
  await cardIn(page, 'To do', 'Card A').click()
  await expect(page.getByText(MISSING).first()).toBeVisible()
  // Were they there before that, the page would find them by itself, and have nothing to offer.
  page.on('request', (request) => (isGone &&= !request.isNavigationRequest()))
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Card A')
})
