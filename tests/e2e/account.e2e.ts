import { newId } from '#core/kernel/ids.ts'
import { linkTo } from './letters.ts'
import { expect, openBoard, PASSWORD, test } from './team.ts'

test('a session in another browser is seen and ended, and that browser has to sign in', async ({
  page,
  openElsewhere,
  team,
}) => {
  const other = await openElsewhere(team.ann)
  await openBoard(page, team, team.ann)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Account' }).click()
  const sessions = page.getByRole('listitem').filter({ hasText: '127.0.0.1' })
  await expect(sessions).toHaveCount(2)
  await sessions.getByRole('button', { name: 'End' }).click()
  await expect(sessions).toHaveCount(1)
  await expect(sessions).toContainText('This browser')
  await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible({ timeout: 10_000 })
})

test('a token made here lets a program in, until it is ended', async ({ page, request, team }) => {
  await openBoard(page, team, team.ann)
  await page.goto('/account')
  await page.getByLabel('What it is for').fill('Nightly report')
  await page.getByRole('button', { name: 'Make a token' }).click()
  const shown = page.getByRole('status').filter({ hasText: 'Copy it now' })
  const token = await shown.locator('code').first().textContent()
  const ask = async () =>
    (await request.get('/api/v1/me', { headers: { authorization: `Bearer ${token}` } })).status()

  expect(await ask()).toBe(200)
  const item = page.getByRole('listitem').filter({ hasText: 'Nightly report' })
  await item.getByRole('button', { name: 'End' }).click()
  await expect(item).toHaveCount(0)
  await expect.poll(ask).toBe(401)
})

test('a new address counts once the link sent to it was followed', async ({
  page,
  request,
  team,
}) => {
  const email = `${newId()}@example.com`
  await openBoard(page, team, team.ann)
  await page.goto('/account')
  await expect(page.getByText(team.ann)).toBeVisible()
  await page.getByRole('button', { name: 'Change the address' }).click()
  await page.getByLabel('New e-mail address').fill(email)
  await page.getByLabel('Your password').fill('a guess')
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('alert')).toContainText('password is wrong')
  await page.getByLabel('Your password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByText('A letter is on its way')).toBeVisible()

  await page.goto(await linkTo(request, email, '/confirm-address'))
  await page.getByRole('button', { name: 'Confirm the address' }).click()
  await expect(page.getByText('Your account has the new address')).toBeVisible()
  await page.getByRole('link', { name: 'Go on' }).click()
  await page.goto('/account')
  await expect(page.getByText(email)).toBeVisible()
})
