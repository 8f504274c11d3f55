import type { Page } from '@playwright/test'
import { expect, openBoard, test } from './team.ts'

test.use({ colorScheme: 'light' })

async function choose(page: Page, choice: string): Promise<void> {
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitemradio', { name: choice }).click()
  await page.keyboard.press('Escape')
}

test('the page speaks German from the moment it is chosen, also after a reload', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.ann)
  await choose(page, 'Deutsch')
  for (const visit of ['at once', 'after a reload']) {
    await expect(page.getByRole('button', { name: 'Neue Karte' }).first(), visit).toBeVisible()
    await expect(page.getByText('Alles gespeichert'), visit).toBeVisible()
    await expect(page.locator('html'), visit).toHaveAttribute('lang', 'de')
    await expect(page.getByRole('button', { name: 'Suchen' }), visit).toContainText('Strg K')
    await page.reload()
  }
  await choose(page, 'English')
  await expect(page.getByRole('button', { name: 'New card' }).first()).toBeVisible()
})

test.describe('in a browser that prefers German', () => {
  test.use({ locale: 'de-DE' })

  test('a person who never chose is greeted in German', async ({ page }) => {
    await page.goto('/login')
    await expect(page.getByRole('button', { name: 'Anmelden' })).toBeVisible()
  })
})

test('the theme a person chooses replaces that of the device, also after a reload', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.ann)
  const brightness = () =>
    page.evaluate<string>('getComputedStyle(document.documentElement).colorScheme')
  const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const light = await background()
  await choose(page, 'Dark')
  await expect.poll(background).not.toBe(light)
  const dark = await background()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'To do' })).toBeVisible()
  expect(await background()).toBe(dark)
  expect(await brightness()).toContain('dark')
})
