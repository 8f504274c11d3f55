import type { Page } from '@playwright/test'
import { dayIn } from '#core/kernel/time-zone.ts'
import { cardIn, expect, openBoard, test } from './team.ts'

async function openProfile(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Profile' }).click()
}

test('another name stands on the board, also for others', async ({ page, openElsewhere, team }) => {
  const cardId = await team.card('Mine')
  const place = { card_id: cardId, workspace_id: team.board.workspaceId }
  await team.database('card_assignees').insert({ ...place, user_id: team.annId })
  await openBoard(page, team, team.ann)
  await expect(cardIn(page, 'To do', 'Mine').getByRole('img', { name: 'Ann' })).toBeVisible()
  await openProfile(page)
  await page.getByLabel('Name').fill('Änna Lind')
  await page.getByLabel('Name').press('Enter')
  await page.getByRole('radio', { name: 'Colour 4' }).check()
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.goBack()
  const face = cardIn(page, 'To do', 'Mine').getByRole('img', { name: 'Änna Lind' })
  await expect(face).toBeVisible()
  await expect(face).toHaveText('ÄL')
  await expect(face).toHaveCSS('background-color', 'oklch(0.78 0.11 145)')
  const other = await openElsewhere(team.bob)
  await expect(cardIn(other, 'To do', 'Mine').getByRole('img', { name: 'Änna Lind' })).toBeVisible()
})

test('the language chosen in the profile is that of the board on every device', async ({
  page,
  openElsewhere,
  team,
}) => {
  await openBoard(page, team, team.ann)
  await openProfile(page)
  await page.getByLabel('Language').selectOption('Deutsch')
  await page.getByLabel('Zeitzone').selectOption('Europe/Berlin')
  await expect(page.getByText('Alles gespeichert')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('button', { name: 'Neue Karte' }).first()).toBeVisible()
  const other = await openElsewhere(team.ann)
  await expect(other.getByRole('button', { name: 'Neue Karte' }).first()).toBeVisible()
  await other.goto('/profile')
  await expect(other.getByLabel('Zeitzone')).toHaveValue('Europe/Berlin')
})

test.describe('in a browser a day ahead', () => {
  // 25 hours lie between the two, so it is never the same day in both.
  test.use({ timezoneId: 'Pacific/Kiritimati' })

  test('today is the day in the time zone of the profile', async ({ page, team }) => {
    const today = dayIn(new Date(), 'Pacific/Niue')
    const id = await team.card('Due')
    await team.database('cards').where({ id }).update({ due_on: today })
    await openBoard(page, team, team.ann)
    const due = cardIn(page, 'To do', 'Due')
    await expect(due).not.toContainText('Today')
    await openProfile(page)
    await page.getByLabel('Time zone').selectOption('Pacific/Niue')
    await expect(page.getByText('All changes saved')).toBeVisible()
    await page.goBack()
    await expect(due).toContainText('Today')
    await page.goto(`${page.url().split('?')[0]}?due=today`)
    await expect(due).toBeVisible()
  })
})
