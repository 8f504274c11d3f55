import { expect, openBoard, test } from './team.ts'

test('an owner closes a project to a member, whose open board goes within five seconds and says why', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Only for us')
  const anns = await openElsewhere(team.ann)
  const bobs = await openElsewhere(team.bob)
  await openBoard(page, team, team.oda)
  await page.goto(`/projects/${team.board.projectId}`)
  await page.getByRole('link', { name: 'Who may do what here' }).click()
  await page.getByRole('button', { name: 'Add a person' }).click()
  await page.getByRole('menuitem', { name: 'Ann' }).click()
  await page.getByRole('button', { name: 'role of Ann' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'No access' }).click()
  await expect(page.getByRole('button', { name: 'role of Ann' })).toContainText('No access')

  const gone = anns.getByText('There is no such board, or you have no access to it.')
  await expect(gone).toBeVisible({ timeout: 5_000 })
  await expect(anns.getByText('Only for us')).toHaveCount(0)
  const [menu, project] = [{ name: 'Menu' }, { name: 'Checkout' }]
  await expect(anns.getByRole('navigation', menu).getByRole('link', project)).toHaveCount(0)
  await expect(bobs.getByRole('navigation', menu).getByRole('link', project)).toBeVisible()
  await expect(bobs.getByText('Only for us')).toBeVisible()
})

test('a project is made private by keys, and who is named still works in it as they are named', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Only for us')
  await openBoard(page, team, team.oda)
  await page.goto(`/projects/${team.board.projectId}/people`)
  await page.getByRole('button', { name: 'Add a person' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Ann' }).press('Enter')
  await expect(page.getByRole('button', { name: 'role of Ann' })).toContainText('Member')
  await page.getByRole('button', { name: 'what everybody is who is not named' }).press('Enter')
  await page.getByRole('menuitemcheckbox', { name: 'the project is private' }).press('Enter')
  await expect(page.getByText('The project is private')).toBeVisible()

  const anns = await openElsewhere(team.ann)
  await expect(anns.getByText('Only for us')).toBeVisible()
  await expect(anns.getByRole('toolbar').getByRole('button', { name: 'New card' })).toBeVisible()

  await page.getByRole('button', { name: 'role of Ann' }).press('Enter')
  await page.getByRole('menuitemcheckbox', { name: 'Viewer' }).press('Enter')
  await expect(page.getByRole('button', { name: 'role of Ann' })).toContainText('Viewer')
  await anns.reload()
  await expect(anns.getByText('Only for us')).toBeVisible()
  await expect(anns.getByRole('toolbar').getByRole('button', { name: 'New card' })).toHaveCount(0)
  await anns.goto(`/projects/${team.board.projectId}/people`)
  await expect(anns.getByText('The project is private')).toBeVisible()
  await expect(anns.getByRole('button', { name: 'Add a person' })).toHaveCount(0)
})
