import { readFileSync } from 'node:fs'
import { cardIn, expect, openBoard, test } from './team.ts'

test('an owner reads in the audit what was done to a card, filters it and takes it away as a file', async ({
  page,
  team,
}) => {
  await team.card('Watched')
  await openBoard(page, team, team.oda)
  await cardIn(page, 'To do', 'Watched').focus()
  await page.keyboard.press('p')
  await page.getByRole('option', { name: 'Urgent' }).click()
  await cardIn(page, 'To do', 'Watched').click()
  await page.getByRole('link', { name: 'Audit of this card' }).click()

  const edited = page.getByRole('listitem').filter({ hasText: 'card.edit' })
  await expect(edited).toHaveCount(1)
  await edited.getByRole('button').click()
  await expect(edited.getByRole('row', { name: 'priority' })).toContainText('1')
  await expect(edited.getByRole('link', { name: 'workflow' })).toHaveAttribute(
    'href',
    /workflows\/card-actions/,
  )
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'audit.read' })).not.toHaveCount(0)
  await page.getByRole('button', { name: 'Result' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Not allowed' }).click()
  await expect(page.getByText('No line matches the filter')).toBeVisible()
  await page.getByRole('button', { name: 'Clear' }).click()

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
  const file = readFileSync(await (await download).path(), 'utf8')
  expect(file).toContain('"card.edit"')
})

test('within moments a line is sealed', async ({ page, team }) => {
  await openBoard(page, team, team.oda)
  await page.goto('/audit')
  await expect(page.getByRole('listitem').filter({ hasText: 'audit.read' })).toHaveCount(1)
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('Sealed: a later change would be found').first()).toBeAttached()
  }).toPass({ timeout: 10_000 })
})

test('a member finds no audit in the menu, and is told so at its address', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.ann)
  await page.getByRole('button', { name: 'Acme' }).click()
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Audit' })).toHaveCount(0)
  await page.goto('/audit')
  await expect(page.getByText('Your role')).toBeVisible()
})

test('an operator reads who signed in, and who could not', async ({ page, team }) => {
  await team.database('operators').insert({ user_id: team.odaId })
  await page.request.post('/api/v1/auth/login', {
    data: { email: team.ann, password: 'wrong' },
    headers: { 'x-requested-with': 'test' },
  })
  await openBoard(page, team, team.oda)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Installation log' }).click()
  await expect(page).toHaveURL(/\/admin\/log$/)

  const own = page.getByRole('listitem').filter({ hasText: 'Oda' })
  await expect(own.filter({ hasText: 'session.open' })).not.toHaveCount(0)
  await page.getByRole('button', { name: 'Result' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Not allowed' }).click()
  const denied = page.getByRole('listitem').filter({ hasText: 'Nobody' })
  await denied.first().getByRole('button').click()
  await expect(denied.first()).toContainText('auth.wrong_credentials')
})

test('who is no operator finds no log of the installation, and is told so at its address', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.oda)
  await page.getByRole('button', { name: 'Acme' }).click()
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Installation log' })).toHaveCount(0)
  await page.goto('/admin/log')
  await expect(page.getByText('Your role')).toBeVisible()
})

test('ASVS line 18: an operator signs somebody out of every browser', async ({
  page,
  team,
  openElsewhere,
}) => {
  await team.database('operators').insert({ user_id: team.odaId })
  const other = await openElsewhere(team.ann)
  await openBoard(page, team, team.oda)
  await page.goto('/admin/log')
  await page.getByRole('button', { name: 'Sign somebody out' }).click()
  await page.getByLabel('E-mail address').fill('nobody@example.com')
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByRole('alert')).toContainText('Nobody here has this address')
  await page.getByLabel('E-mail address').fill(team.ann)
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByRole('status').filter({ hasText: team.ann })).toBeVisible()

  await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible()
})
