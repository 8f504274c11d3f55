import { cardIn, expect, openBoard, test } from './team.ts'

test('an owner gives a member another role, and what the member sees follows', async ({
  page,
  openElsewhere,
  team,
}) => {
  const anns = await openElsewhere(team.ann)
  await expect(anns.getByRole('toolbar').getByRole('button', { name: 'New card' })).toBeVisible()
  await openBoard(page, team, team.oda)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Members' }).click()
  await page.getByRole('button', { name: 'role of Ann' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Viewer' }).click()
  await expect(page.getByRole('button', { name: 'role of Ann' })).toContainText('Viewer')

  await expect(anns.getByRole('toolbar').getByRole('button', { name: 'New card' })).toHaveCount(0)
  await expect(anns.getByRole('heading', { name: 'To do' })).toBeVisible()
})

test('an owner makes a role and gives it, and whoever has it works on their own cards alone', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Somebody else’s')
  await openBoard(page, team, team.oda)
  await page.goto('/members')
  await page.getByRole('link', { name: 'Roles' }).click()
  await page.getByRole('button', { name: 'New role' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Contractor')
  await page.getByLabel('Work on own cards').check()
  await page.getByRole('dialog').getByRole('button', { name: 'New role' }).click()
  await expect(page.getByText('Contractor nobody has it')).toBeVisible()

  await page.goto('/members')
  await page.getByRole('button', { name: 'role of Vic' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Contractor' }).click()
  await expect(page.getByRole('button', { name: 'role of Vic' })).toContainText('Contractor')

  const vics = await openElsewhere(team.vic)
  await vics.getByRole('toolbar').getByRole('button', { name: 'New card' }).click()
  await vics.keyboard.type('My own')
  await vics.keyboard.press('Enter')
  await vics.keyboard.press('Escape')
  await cardIn(vics, 'To do', 'My own').press(' ')
  await vics.keyboard.press('ArrowRight')
  await vics.keyboard.press('Enter')
  await expect(cardIn(vics, 'Doing', 'My own')).toBeVisible()
  await cardIn(vics, 'To do', 'Somebody else’s').press(' ')
  await vics.keyboard.press('ArrowRight')
  await vics.keyboard.press('Enter')
  await vics.reload()
  await expect(cardIn(vics, 'Doing', 'My own')).toBeVisible()
  await expect(cardIn(vics, 'To do', 'Somebody else’s')).toBeVisible()
})

test('who is taken out of a workspace is off its board within moments', async ({
  page,
  openElsewhere,
  team,
}) => {
  const bobs = await openElsewhere(team.bob)
  await openBoard(page, team, team.oda)
  await page.goto('/members')
  await page.getByRole('button', { name: 'Take out Bob' }).click()
  await page.getByRole('button', { name: 'Really? Bob' }).click()
  await expect(page.getByText('Bob', { exact: true })).toHaveCount(0)
  await bobs.reload()
  await expect(bobs.getByRole('heading', { name: 'To do' })).toHaveCount(0)
})

test('who is taken out is off their cards on every open board, without a reload', async ({
  page,
  openElsewhere,
  team,
}) => {
  const cardId = await team.card('Bob’s work')
  const { id: user_id } = await team.database('users').where({ email: team.bob }).first('id')
  const place = { card_id: cardId, workspace_id: team.board.workspaceId }
  await team.database('card_assignees').insert({ ...place, user_id })
  const anns = await openElsewhere(team.ann)
  const bob = cardIn(anns, 'To do', 'Bob’s work').getByRole('img', { name: 'Bob' })
  await expect(bob).toBeVisible()

  await openBoard(page, team, team.oda)
  await page.goto('/members')
  await page.getByRole('button', { name: 'Take out Bob' }).click()
  await page.getByRole('button', { name: 'Really? Bob' }).click()
  await expect(bob).toHaveCount(0, { timeout: 5_000 })
  await expect(cardIn(anns, 'To do', 'Bob’s work')).toBeVisible()
})

test('a member sees who is there and may leave', async ({ page, team }) => {
  await openBoard(page, team, team.ann)
  await page.goto('/members')
  await expect(page.getByRole('button', { name: 'role of Bob' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('button', { name: 'Really?' }).click()
  await expect(page).toHaveURL('/')
  await expect(page.getByText('Checkout')).toHaveCount(0)
})
