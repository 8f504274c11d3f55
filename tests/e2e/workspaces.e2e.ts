import { expect, openBoard, signIn, test } from './team.ts'

test('a workspace is made, renamed, deleted by its name and brought back', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.ann)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'New workspace' }).click()
  await page.getByLabel('Name').fill('Night shift')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  const menu = (name: string) => page.getByRole('button', { name, exact: true })
  await expect(menu('Night shift')).toBeVisible()
  await expect(page.getByText('Checkout')).toHaveCount(0)

  await menu('Night shift').click()
  await page.getByRole('menuitem', { name: 'Workspaces' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Day shift')
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(menu('Day shift')).toBeVisible()

  const end = page.getByRole('button', { name: 'Delete workspace' })
  await page.getByLabel('type its name').fill('Night shift')
  await expect(end).toBeDisabled()
  await page.getByLabel('type its name').fill('Day shift')
  await end.click()
  await expect(menu('Acme')).toBeVisible()

  await page.getByRole('button', { name: 'Restore Day shift' }).click()
  await expect(page).toHaveURL('/')
  await expect(menu('Day shift')).toBeVisible()
})

test('who deletes a workspace takes it from everybody who has its board open', async ({
  page,
  openElsewhere,
  team,
}) => {
  const anns = await openElsewhere(team.ann)
  await openBoard(page, team, team.oda)
  await page.goto('/workspaces')
  await page.getByLabel('type its name').fill('Acme')
  await page.getByRole('button', { name: 'Delete workspace' }).click()
  await expect(page.getByRole('button', { name: 'Restore Acme' })).toBeVisible()

  await expect(anns.getByRole('heading', { name: 'To do' })).toHaveCount(0, { timeout: 5_000 })
  await page.getByRole('button', { name: 'Restore Acme' }).click()
  await expect(page.getByText('Checkout').first()).toBeVisible()
  await anns.reload()
  await expect(anns.getByRole('heading', { name: 'To do' })).toBeVisible()
})

test('pages about a workspace lead who belongs to none to the first page, which says what to do', async ({
  page,
  team,
}) => {
  await team.database('workspace_members').where({ user_id: team.annId }).delete()
  await page.goto('/login')
  await signIn(page, team.ann)
  for (const path of ['/members', '/roles', '/audit']) {
    await page.goto(path)
    await expect(page.getByText('You belong to no workspace yet')).toBeVisible()
    await expect(page).toHaveURL('/')
  }
})
