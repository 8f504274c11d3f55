import { expect, openBoard, signIn, test } from './team.ts'

test('a wrong password is told beside the fields, and the right one lets in', async ({
  page,
  team,
}) => {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(team.ann)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('The e-mail address or the password is wrong')
  await signIn(page, team.ann)
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
})

test('who has to sign in again is back where they were', async ({ page, team }) => {
  const cardId = await team.card('Still open')
  await openBoard(page, team, team.ann)
  const address = `/boards/${team.board.boardId}?card=${cardId}`
  await page.goto(address)
  const title = page.getByRole('textbox', { name: 'Title' })
  await expect(title).toHaveValue('Still open')
  await team
    .database('sessions')
    .where({ user_id: team.annId })
    .update({ expires_at: new Date(0) })
  await page.reload()
  await expect(page.getByText('Your session is over')).toBeVisible()
  await signIn(page, team.ann)
  await expect(page).toHaveURL(address)
  await expect(title).toHaveValue('Still open')
})

test('after signing out nobody finds the board in the page', async ({ page, team }) => {
  await openBoard(page, team, team.ann)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await page.goto(`/boards/${team.board.boardId}`)
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
})

test('the workflows open for an owner from the menu', async ({ page, team }) => {
  await openBoard(page, team, team.oda)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Workflows' }).click()
  await page.waitForURL('**/namespaces/default/workflows')
  const names = (await page.context().cookies()).map(({ name }) => name)
  expect(names).toContain('pf_histories')
})

test('the queues open for an owner from the menu, and for a member not at all', async ({
  page,
  openElsewhere,
  team,
}) => {
  await openBoard(page, team, team.oda)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Queues' }).click()
  await expect(page.getByRole('link', { name: 'notifications' }).first()).toBeVisible()

  const other = await openElsewhere(team.ann)
  await other.getByRole('button', { name: 'Acme' }).click()
  await expect(other.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await expect(other.getByRole('menuitem', { name: 'Queues' })).toBeHidden()
  expect((await other.request.get('/admin/queues')).status()).toBe(401)
})
