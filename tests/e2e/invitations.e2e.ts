import type { Page } from '@playwright/test'
import { newId } from '#core/kernel/ids.ts'
import { linkTo } from './letters.ts'
import { expect, openBoard, PASSWORD, signIn, test } from './team.ts'

const NEW_PASSWORD = 'another horse, another battery'

/** Invites somebody from the page of the members, as an owner does. */
async function invite(page: Page, text: string, role?: string): Promise<void> {
  await page.goto('/members')
  await page.getByRole('button', { name: 'Invite people' }).click()
  await page.getByLabel('E-mail addresses').fill(text)
  if (role) {
    await page.getByRole('button', { name: 'role of those you invite' }).click()
    await page.getByRole('menuitemcheckbox', { name: role }).click()
  }
  await page.getByRole('button', { name: 'Send the invitations' }).click()
}

const invited = (page: Page) => page.getByRole('list', { name: 'Invited, not here yet' })

test('an owner invites somebody new, who reads the letter, makes an account and is on the boards', async ({
  page,
  browser,
  request,
  team,
}) => {
  const email = `${newId()}@example.com`
  await openBoard(page, team, team.oda)
  await invite(page, `Kim <${email}>`, 'Viewer')
  await expect(invited(page)).toContainText(email)
  await expect(invited(page)).toContainText('Viewer · by Oda now · good until')

  const link = await linkTo(request, email, '/invitation')
  const options = { baseURL: process.env['E2E_URL']!, locale: 'en-US' }
  const context = await browser.newContext(options)
  const kims = await context.newPage()
  await kims.goto('/api/v1/demo/mailbox')
  await expect(kims.getByText(`Oda invites you to`).first()).toBeAttached()
  await kims.goto(link)
  await expect(kims.getByText('Oda invites you to work in')).toContainText('Acme')
  await kims.getByLabel('Your name').fill('Kim')
  await kims.getByLabel('Password').fill('kim')
  await kims.getByRole('button', { name: 'Make the account' }).click()
  await expect(kims.getByRole('alert')).toContainText('too short')
  await kims.getByLabel('Password').fill(NEW_PASSWORD)
  await kims.getByRole('button', { name: 'Make the account' }).click()
  await expect(kims.getByRole('heading', { name: 'Projects' })).toBeVisible()
  await expect(kims.getByRole('link', { name: 'Checkout' }).first()).toBeVisible()
  await kims.goto(link)
  await expect(kims.getByRole('alert')).toContainText('was used')
  await context.close()

  await page.reload()
  await expect(page.getByRole('button', { name: 'Take out Kim' })).toBeVisible()
  await expect(invited(page)).toHaveCount(0)
})

test('who has an account signs in, comes back to the invitation, and has both workspaces', async ({
  page,
  browser,
  request,
  team,
  passwordHash,
}) => {
  const [id, email] = [newId(), `${newId()}@example.com`]
  const kim = { id, email, name: 'Kim', hue: 120, password_hash: passwordHash }
  await team.database('users').insert(kim)
  await openBoard(page, team, team.oda)
  await invite(page, email)
  await expect(invited(page)).toContainText(email)
  const link = await linkTo(request, email, '/invitation')

  const options = { baseURL: process.env['E2E_URL']!, locale: 'en-US' }
  const context = await browser.newContext(options)
  const kims = await context.newPage()
  await kims.goto('/login')
  await signIn(kims, team.bob)
  await kims.goto(link)
  await expect(kims.getByText(`You are signed in as ${team.bob}`)).toBeVisible()
  await kims.getByRole('link', { name: `Use the account of ${email}` }).click()
  await signIn(kims, email, PASSWORD)
  await expect(kims).toHaveURL('/invitation')
  await kims.getByRole('button', { name: 'Accept and go there' }).click()
  await expect(kims.getByRole('heading', { name: 'Projects' })).toBeVisible()
  await kims.getByRole('button', { name: 'Acme' }).click()
  await expect(kims.getByText(email)).toBeVisible()
  await context.close()
})

test('an invitation is taken back, and its link leads nowhere', async ({ page, request, team }) => {
  const email = `${newId()}@example.com`
  await openBoard(page, team, team.oda)
  await invite(page, email)
  const link = await linkTo(request, email, '/invitation')
  await page.getByRole('button', { name: `Send again to ${email}` }).click()
  await expect(page.getByText('less than 15 minutes ago').first()).toBeVisible()
  await page.getByRole('button', { name: `Take back the invitation of ${email}` }).click()
  await expect(invited(page)).toHaveCount(0)
  await page.goto(link)
  await expect(page.getByRole('alert')).toContainText('taken back')
})

test('who is in already, or is no address, is named, and nobody is invited', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.oda)
  await invite(page, `${team.ann}, nobody`)
  await expect(page.getByRole('alert')).toContainText('Not an e-mail address: nobody')
  await page.getByLabel('E-mail addresses').fill(`${team.ann}, ${newId()}@example.com`)
  await page.getByRole('button', { name: 'Send the invitations' }).click()
  await expect(page.getByRole('alert')).toContainText(`${team.ann}: They are in the workspace`)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(invited(page)).toHaveCount(0)
})

test('a member sees no invitations and invites nobody', async ({ page, team }) => {
  await openBoard(page, team, team.ann)
  await page.goto('/members')
  await expect(page.getByText('Vic', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Invite people' })).toHaveCount(0)
})

test('where an invitation says nothing of an account, another way of signing in makes one', async ({
  page,
  browser,
  request,
  team,
}) => {
  const email = `${newId()}@example.com`
  await openBoard(page, team, team.oda)
  await invite(page, email)
  const link = await linkTo(request, email, '/invitation')
  const options = { baseURL: process.env['E2E_URL']!, locale: 'en-US' }
  const context = await browser.newContext(options)
  const kims = await context.newPage()
  await kims.goto(link)
  await kims.getByRole('link', { name: 'Continue with Somewhere' }).click()
  await kims.getByLabel('Address').fill(email)
  await kims.getByRole('button', { name: 'Allow' }).click()
  await expect(kims).toHaveURL('/invitation')
  await kims.getByRole('button', { name: 'Accept and go there' }).click()
  await expect(kims.getByRole('link', { name: 'Checkout' }).first()).toBeVisible()
  await context.close()
})
