import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test, type Team } from './team.ts'

async function fromMenu(page: Page, of: string, action: string): Promise<void> {
  const menu = page.getByRole('main').getByRole('button', { name: `Actions for ${of}` })
  await menu.click()
  await page.getByRole('menuitem', { name: action }).click()
}

/** Writes the name into the dialog and sends it off. */
async function answerName(page: Page, name: string, button: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: button }).click()
  await expect(dialog).toBeHidden()
}

/** Brings back what is on the list of the archived. */
async function restore(page: Page, name: string): Promise<void> {
  const line = page.getByRole('listitem').filter({ hasText: name })
  await line.getByRole('button', { name: 'Restore' }).click()
}

const title = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

async function openProject(page: Page, team: Team): Promise<void> {
  await openBoard(page, team, team.oda)
  await page.goto(`/projects/${team.board.projectId}`)
  await expect(title(page, 'Checkout')).toBeVisible()
}

test('a project is created with its first board, and a card has the key of the project', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.oda)
  await page.getByRole('button', { name: 'New project' }).click()
  await answerName(page, 'Mobile app', 'New project')
  await expect(title(page, 'Mobile app')).toBeVisible()
  await page.getByRole('button', { name: 'New board' }).click()
  await answerName(page, 'Releases', 'New board')
  await expect(title(page, 'Releases')).toBeVisible()
  await page.keyboard.press('n')
  await page.keyboard.type('First of all')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listitem').filter({ hasText: 'First of all' })).toContainText('-1')
})

test('a project is renamed, archived and restored', async ({ page, team }) => {
  await openProject(page, team)
  await fromMenu(page, 'Checkout', 'Rename')
  await answerName(page, 'Payments', 'Save')
  await expect(title(page, 'Payments')).toBeVisible()
  await fromMenu(page, 'Payments', 'Archive')
  await expect(title(page, 'Projects')).toBeVisible()
  const link = page.getByRole('main').getByRole('link', { name: 'Payments' })
  await expect(link).toBeHidden()

  await page.reload()
  await page.getByRole('button', { name: 'Show archived' }).click()
  await restore(page, 'Payments')
  await expect(link).toBeVisible()
})

test('a duplicated board has the cards of the first, and each then goes its own way', async ({
  page,
  team,
}) => {
  await team.card('Copy me', 'Doing')
  await openBoard(page, team, team.ann)
  await fromMenu(page, 'Team', 'Duplicate')
  await answerName(page, 'Team two', 'Duplicate')
  await expect(title(page, 'Team two')).toBeVisible()
  const copy = cardIn(page, 'Doing', 'Copy me')
  await expect(copy).toContainText('CHK-2')
  await copy.focus()
  await page.keyboard.press('Delete')
  await expect(copy).toBeHidden()
  await page.goto(`/boards/${team.board.boardId}`)
  await expect(cardIn(page, 'Doing', 'Copy me')).toContainText('CHK-1')
})

test('a duplicated project has boards, cards and labels of its own', async ({ page, team }) => {
  await team.card('Copy me', 'Doing')
  await team.label('Backend')
  await openProject(page, team)
  await fromMenu(page, 'Checkout', 'Duplicate')
  await answerName(page, 'Checkout two', 'Duplicate')
  await expect(title(page, 'Checkout two')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name of the label' })).toHaveValue('Backend')
  await page.getByRole('main').getByRole('link', { name: 'Team' }).click()
  await expect(cardIn(page, 'Doing', 'Copy me')).toBeVisible()
})

test('a board is renamed, archived and restored', async ({ page, team }) => {
  await openProject(page, team)
  await fromMenu(page, 'Team', 'Rename')
  await answerName(page, 'Crew', 'Save')
  const link = page.getByRole('main').getByRole('link', { name: 'Crew' })
  await expect(link).toBeVisible()
  await fromMenu(page, 'Crew', 'Archive')
  await expect(page.getByText('Archived Crew').first()).toBeVisible()
  await expect(link).toBeHidden()
  await page.getByRole('button', { name: 'Show archived' }).click()
  await restore(page, 'Crew')
  await expect(link).toBeVisible()
})

test('a label is made, renamed, deleted and brought back', async ({ page, team }) => {
  await openProject(page, team)
  await page.getByRole('textbox', { name: 'New label' }).fill('Bug')
  await page.getByRole('button', { name: 'Add label' }).click()
  const name = page.getByRole('textbox', { name: 'Name of the label' })
  await expect(name).toHaveValue('Bug')
  await name.fill('Defect')
  await name.press('Enter')
  await expect.poll(() => team.database('labels').where({ name: 'Defect' })).not.toHaveLength(0)
  await page.getByRole('button', { name: 'Delete Defect' }).click()
  await expect(name).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(name).toHaveValue('Defect')
})
