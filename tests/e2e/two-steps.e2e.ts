import type { Page } from '@playwright/test'
import { generate } from 'otplib'
import { linkTo } from './letters.ts'
import { expect, openBoard, PASSWORD, test } from './team.ts'

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

test('two steps are turned on with an app, asked for when signing in, and a recovery code helps without it', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.ann)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Turn on' }).click()
  await page.getByLabel('Your password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('img', { name: 'Picture with the key' })).toBeVisible()
  const secret = (await page.locator('form code').textContent())!
  await page.getByLabel('Code of the app').fill(await generate({ secret }))
  await page.getByRole('button', { name: 'Confirm' }).click()
  const recovery = await page.getByRole('status').locator('li code').first().textContent()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText('recovery codes are left')).toBeVisible()

  await signOut(page)
  await page.getByLabel('E-mail').fill(team.ann)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const code = page.getByLabel('Code of your app')
  await code.fill('000000')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('code is wrong')
  await code.fill(recovery!)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
})

test('a forgotten password is set anew by the link in the letter', async ({
  page,
  request,
  team,
}) => {
  await page.goto('/login')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible()
  await page.getByLabel('E-mail').fill(team.bob)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByText('a link is on its way')).toBeVisible()

  await page.goto(await linkTo(request, team.bob, '/reset-password'))
  await page.getByLabel('New password').fill('another horse, another battery')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByText('The password is set')).toBeVisible()
  await page.getByRole('link', { name: 'Back to signing in' }).click()
  await page.getByLabel('E-mail').fill(team.bob)
  await page.getByLabel('Password').fill('another horse, another battery')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
})
