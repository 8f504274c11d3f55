import { newId } from '#core/kernel/ids.ts'
import { linkTo } from './letters.ts'
import { expect, test } from './team.ts'

const PASSWORD = 'another horse, another battery'

test('somebody new makes an account by the link in the letter, and arrives signed in', async ({
  page,
  request,
}) => {
  const email = `${newId()}@example.com`
  await page.goto('/login')
  await page.getByRole('link', { name: 'Make an account' }).click()
  // The page before asks for an address too.
  await expect(page.getByRole('heading', { name: 'Make an account' })).toBeVisible()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByText('a letter is on its way')).toBeVisible()

  const link = await linkTo(request, email, '/welcome')
  await page.goto(link)
  await page.getByLabel('Your name').fill('Kim')
  await page.getByLabel('Password').fill('kim')
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page.getByRole('alert')).toContainText('too short')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page.getByText('You belong to no workspace yet')).toBeVisible()
  await expect(page.getByText(email)).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'New workspace' }).click()
  await page.getByLabel('Name').fill('Day shift')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page.getByRole('button', { name: 'Day shift', exact: true })).toBeVisible()
  await expect(page.getByText('You belong to no workspace yet')).toHaveCount(0)

  await page.goto(link)
  await page.getByLabel('Your name').fill('Kim')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page.getByRole('alert')).toContainText('link was used')
  await page.getByRole('link', { name: 'Ask for a new link' }).click()
  await expect(page.getByRole('heading', { name: 'Make an account' })).toBeVisible()
})
