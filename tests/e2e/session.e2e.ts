import { addOperator } from '#activities/rbac/operators.ts'
import type { BrowserContext, Page } from '@playwright/test'
import { cardIn, expect, openBoard, PASSWORD, signIn, type Team, test } from './team.ts'

const ARCHIVES = '**/cards/*/archive'

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

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

test('another password is set on the account page, and lets in from then on', async ({
  page,
  team,
}) => {
  await page.goto('/login')
  await signIn(page, team.ann)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByLabel('Your password').fill('not the password')
  await page.getByLabel('New password').fill('a walk along the river')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByRole('alert')).toContainText('The password is wrong')
  await page.getByLabel('Your password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByText('You have the new password')).toBeVisible()
  await page.goto('/')
  await signOut(page)
  await signIn(page, team.ann, 'a walk along the river')
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
  const over = page.getByRole('status').filter({ hasText: 'Your session is over' })
  await expect(over).toBeVisible()
  await signIn(page, team.ann)
  await expect(page).toHaveURL(address)
  await expect(title).toHaveValue('Still open')
})

test('ASVS line 24: after signing out nobody finds the board in the page', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.ann)
  await signOut(page)
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await page.goto(`/boards/${team.board.boardId}`)
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
})

test('the workflows open for an operator from the menu', async ({ page, team }) => {
  await addOperator(team.database, team.oda)
  await openBoard(page, team, team.oda)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Workflows' }).click()
  await page.waitForURL('**/namespaces/default/workflows')
  const names = (await page.context().cookies()).map(({ name }) => name)
  expect(names).toContain('pf_histories')
})

test('signing out in one tab ends the other tabs of the browser too', async ({
  page,
  context,
  openElsewhere,
  team,
}) => {
  await team.card('Seen in two tabs')
  await openBoard(page, team, team.ann)
  const other = await context.newPage()
  await other.goto(`/boards/${team.board.boardId}`)
  await cardIn(other, 'To do', 'Seen in two tabs').click()
  await other.getByRole('textbox', { name: 'Write a comment' }).fill('For nobody else')
  const here = (await openElsewhere(team.bob)).getByRole('group', { name: 'Also here' })
  await expect(here.getByRole('img', { name: 'Ann' })).toBeVisible()
  const kept = async () => await page.evaluate(() => Object.keys(localStorage).join())
  expect(await kept()).toContain('draft')

  await signOut(page)
  for (const tab of [page, other]) {
    await expect(tab.getByRole('button', { name: 'Sign in' })).toBeVisible()
    await expect(tab.getByText('Seen in two tabs')).toBeHidden()
  }
  await expect(here).toBeHidden()
  expect(await kept()).not.toContain('draft')
  expect(await kept()).not.toContain('workspace')
})

/** Two tabs with one board; the second has archived a card, which nothing has let through. */
async function twoTabs(page: Page, context: BrowserContext, team: Team): Promise<Page> {
  await openBoard(page, team, team.ann)
  const other = await context.newPage()
  await other.goto(`/boards/${team.board.boardId}`)
  await other.route(ARCHIVES, async (route) => await route.abort())
  await cardIn(other, 'To do', 'Not saved yet').focus()
  await other.keyboard.press('Delete')
  await expect(other.getByText('1 change is kept')).toBeVisible()
  return other
}

test('what a tab could not save before somebody signed out in another is saved when they are back', async ({
  page,
  context,
  team,
}) => {
  const cardId = await team.card('Not saved yet')
  const other = await twoTabs(page, context, team)
  await signOut(page)
  await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(other.getByRole('heading', { name: 'To do' })).toBeHidden()
  await other.unroute(ARCHIVES)
  await signIn(other, team.ann)
  await expect(other.getByText('All changes saved')).toBeVisible()
  const card = await team.database('cards').where({ id: cardId }).first()
  expect(card.archived_at).not.toBeNull()
})

test('what a tab could not save goes out in nobody else’s name', async ({
  page,
  context,
  team,
}) => {
  const cardId = await team.card('Not saved yet')
  const other = await twoTabs(page, context, team)
  await signOut(page)
  await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await other.unroute(ARCHIVES)
  await other.evaluate("dispatchEvent(new Event('online'))")
  const tryAgain = other.getByRole('button', { name: 'Try again' })
  await expect(tryAgain).toBeVisible()

  // Bob is asked whether he leaves a page with unsaved changes, and stays.
  const stayed = new Promise<void>((resolve) =>
    other.once('dialog', (dialog) => void dialog.dismiss().then(resolve)),
  )
  await other.getByLabel('E-mail').fill(team.bob)
  await other.getByLabel('Password').fill(PASSWORD)
  await other.getByRole('button', { name: 'Sign in' }).click()
  await stayed
  const renewed = other.waitForResponse('**/auth/refresh')
  const first = await tryAgain.elementHandle()
  await tryAgain.click()
  expect((await renewed).status()).toBe(200)
  await first!.waitForElementState('hidden')
  await expect(tryAgain).toBeVisible()
  const card = await team.database('cards').where({ id: cardId }).first()
  expect(card.archived_at).toBeNull()
})

test('the queues open for an operator from the menu, and for an owner who is none not at all', async ({
  page,
  openElsewhere,
  team,
}) => {
  await addOperator(team.database, team.ann)
  await openBoard(page, team, team.ann)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Queues' }).click()
  await expect(page.getByRole('link', { name: 'notifications' }).first()).toBeVisible()

  // By its address too, as from a bookmark, when the pass is long over.
  await page.context().clearCookies({ name: 'pf_queues' })
  await page.goto('/admin/queues/queue/housekeeping')
  await expect(page.getByRole('link', { name: 'notifications' }).first()).toBeVisible()

  const other = await openElsewhere(team.oda)
  await other.getByRole('button', { name: 'Acme' }).click()
  await expect(other.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await expect(other.getByRole('menuitem', { name: 'Queues' })).toBeHidden()
  expect((await other.request.get('/admin/queues')).status()).toBe(401)
  await other.goto('/admin/queues')
  await expect(other.getByRole('heading', { name: 'There is nothing here' }).first()).toBeVisible()
})
