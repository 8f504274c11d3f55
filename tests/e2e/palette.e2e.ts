import { aBoard } from '#tests/support/fixtures.ts'
import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'

async function search(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Search and actions' })).toBeVisible()
  await page.keyboard.type(words)
}

test('the palette finds a card of the board by a few letters and opens it', async ({
  page,
  team,
}) => {
  await team.card('Renew the certificate')
  await openBoard(page, team, team.ann)
  await search(page, 'certif')
  const option = page.getByRole('option', { name: 'Renew the certificate' })
  await expect(option.locator('mark')).toHaveText('certif')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Renew the certificate')
})

test('the palette leads to another board, and finds from there what is written on the first', async ({
  page,
  team,
}) => {
  await aBoard(team.database, { name: 'Roadmap', within: team.board })
  await openBoard(page, team, team.ann)
  await page.keyboard.press('n')
  await page.keyboard.type('Renew the certificate')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const entries = () =>
    team.database('search_entries').where({ workspace_id: team.board.workspaceId })
  await expect.poll(entries).not.toHaveLength(0)

  await search(page, 'roadmap')
  await page.getByRole('option', { name: 'Roadmap' }).click()
  await expect(page.getByRole('heading', { name: 'Roadmap', level: 1 })).toBeVisible()
  await search(page, 'certificate')
  const found = page.getByRole('group', { name: 'Found' }).getByRole('option')
  await expect(found.locator('mark')).toHaveText('certificate')
  await found.click()
  await expect(page.getByRole('heading', { name: 'Team', level: 1 })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Renew the certificate')
})

test('what is found in a description is shown with its words marked', async ({ page, team }) => {
  await team.card('Renew it')
  await openBoard(page, team, team.ann)
  await cardIn(page, 'To do', 'Renew it').click()
  await page.getByRole('textbox', { name: 'Description' }).click()
  await page.keyboard.type('Before the certificates end')
  const entries = () =>
    team.database('search_entries').where({ workspace_id: team.board.workspaceId })
  await expect.poll(entries).not.toHaveLength(0)
  await search(page, 'certificate')
  const found = page.getByRole('group', { name: 'Found' }).getByRole('option')
  await expect(found).toContainText('CHK-1 Renew it')
  await expect(found).toContainText('Team, in the description')
  await expect(found.locator('mark')).toHaveText('certificates')
})

test('the palette moves the card that has the focus', async ({ page, team }) => {
  await team.card('Move me by words')
  await openBoard(page, team, team.ann)
  await cardIn(page, 'To do', 'Move me by words').focus()
  await search(page, 'to done')
  await page.getByRole('option', { name: 'Move CHK-1 to Done' }).click()
  await expect(cardIn(page, 'Done', 'Move me by words')).toBeVisible()
})

test('a question mark shows every key, and Escape puts the sheet away', async ({ page, team }) => {
  await openBoard(page, team, team.ann)
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet).toContainText('Pick up the card; arrows carry it')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
})
