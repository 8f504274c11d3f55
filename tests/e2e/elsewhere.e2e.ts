import type { Page } from '@playwright/test'
import { expect, openBoard, PASSWORD, signIn, test } from './team.ts'

const CONTINUE = { name: 'Continue with Somewhere' }

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to ProjectFlow' })).toBeVisible()
}

/** What a person does at the issuer. */
async function allow(page: Page, address: string): Promise<void> {
  await page.getByLabel('Address').fill(address)
  await page.getByRole('button', { name: 'Allow' }).click()
}

test('somebody links an identity to their account, signs in with it, and unlinks it', async ({
  page,
  team,
}) => {
  const address = `${team.annId}@elsewhere.example`
  await openBoard(page, team, team.ann)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Link Somewhere' }).click()
  await allow(page, address)
  await expect(page).toHaveURL('/account')
  await expect(page.getByText(address)).toBeVisible()

  await signOut(page)
  await page.goto(`/boards/${team.board.boardId}`)
  await page.getByRole('link', CONTINUE).click()
  await allow(page, address)
  await expect(page).toHaveURL(`/boards/${team.board.boardId}`)
  await expect(page.getByRole('heading', { name: 'To do' })).toBeVisible()

  await page.goto('/account')
  await page.getByRole('button', { name: 'Unlink' }).click()
  await expect(page.getByText('Nothing is linked')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Nothing is linked')).toBeVisible()
})

test('who has an account of the same address types its password once', async ({ page, team }) => {
  await page.goto('/login')
  await page.getByRole('link', CONTINUE).click()
  await allow(page, team.bob)
  await expect(page.getByText(`There is an account for ${team.bob}`)).toBeVisible()
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Link and sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('is wrong')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Link and sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()

  await signOut(page)
  await page.getByRole('link', CONTINUE).click()
  await allow(page, team.bob)
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
})

test('who makes an account may do so by their identity too', async ({ page, team }) => {
  await page.goto('/sign-up')
  await page.getByRole('link', CONTINUE).click()
  await allow(page, `${team.annId}-new@elsewhere.example`)
  await expect(page.getByText('You belong to no workspace yet')).toBeVisible()
})

test('who says no there is told so, and signs in with the password', async ({ page, team }) => {
  await page.goto(`/boards/${team.board.boardId}`)
  await page.getByRole('link', CONTINUE).click()
  await page.getByRole('button', { name: 'Decline' }).click()
  await expect(page.getByRole('alert')).toContainText('did not allow it')
  await page.getByRole('link', { name: 'Back to signing in' }).click()
  await signIn(page, team.ann)
  await expect(page).toHaveURL(`/boards/${team.board.boardId}`)
})
