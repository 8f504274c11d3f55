import type { BrowserContext, Page } from '@playwright/test'
import { cardIn, expect, openBoard, PASSWORD, test, type Team } from './team.ts'

test.use({ serviceWorkers: 'allow' })

/** Opens the board, and waits until the browser has all it takes to open it without a network. */
async function openInstalled(page: Page, team: Team): Promise<void> {
  await openBoard(page, team, team.ann)
  await page.evaluate('navigator.serviceWorker.ready.then(() => {})')
  await expect
    .poll(async () => await keptOf(page, 'reads'))
    .toContain(`/boards/${team.board.boardId}`)
}

/** The paths or keys of what this browser keeps in a table. */
async function keptOf(page: Page, table: 'reads' | 'commands'): Promise<string[]> {
  return await page.evaluate(`new Promise((resolve, reject) => {
    const opened = indexedDB.open('projectflow')
    opened.onerror = reject
    opened.onsuccess = () => {
      const rows = opened.result.transaction('${table}').objectStore('${table}').getAll()
      rows.onsuccess = () => {
        opened.result.close()
        resolve(rows.result.map((row) => row.path ?? row.key))
      }
    }
  })`)
}

/** Cuts the browser off, and opens its page anew. */
async function reopenOffline(page: Page, context: BrowserContext): Promise<void> {
  await context.setOffline(true)
  await page.reload()
}

const title = (page: Page) => page.getByRole('textbox', { name: 'Title' })

test('without a network the app opens with its board, and what is done there outlives the page and is done once', async ({
  page,
  context,
  openElsewhere,
  team,
}) => {
  const cardId = await team.card('On the train')
  await openInstalled(page, team)
  await cardIn(page, 'To do', 'On the train').click()
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
  await expect.poll(async () => await keptOf(page, 'reads')).toContain(`/cards/${cardId}`)
  await page.keyboard.press('Escape')

  await reopenOffline(page, context)
  await expect(cardIn(page, 'To do', 'On the train')).toBeVisible()
  await page.keyboard.press('n')
  await page.keyboard.type('Made there')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await cardIn(page, 'To do', 'Made there').focus()
  for (const key of ['Space', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
  await cardIn(page, 'To do', 'On the train').click()
  await title(page).fill('In the tunnel')
  await title(page).press('Enter')
  await page.getByRole('textbox', { name: 'Write a comment' }).fill('No signal here')
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(page.getByText('Offline. 4 changes are kept here')).toBeVisible()

  await page.reload()
  await expect(cardIn(page, 'Doing', 'Made there')).toBeVisible()
  await expect(title(page)).toHaveValue('In the tunnel')
  await expect(page.getByRole('listitem').filter({ hasText: 'No signal here' })).toBeVisible()
  await expect(page.getByText('Offline. 4 changes are kept here')).toBeVisible()

  const other = await openElsewhere(team.bob)
  await context.setOffline(false)
  await expect(page.getByText('All changes saved')).toBeVisible()
  await expect(cardIn(other, 'Doing', 'Made there')).toBeVisible()
  await expect(cardIn(other, 'To do', 'In the tunnel')).toBeVisible()
  const events = await team
    .database('board_events')
    .where({ board_id: team.board.boardId })
    .orderBy('seq')
  expect(events.map(({ type }) => type)).toEqual([
    'card.created',
    'card.moved',
    'card.edited',
    'comment.added',
  ])
  expect(await keptOf(page, 'commands')).toEqual([])
})

test('a board that somebody is shut out of is gone from their browser, with its cards', async ({
  page,
  context,
  team,
}) => {
  const cardId = await team.card('Not for Ann any more')
  await openInstalled(page, team)
  await cardIn(page, 'To do', 'Not for Ann any more').click()
  await expect.poll(async () => await keptOf(page, 'reads')).toContain(`/cards/${cardId}`)
  await team.database('workspace_members').where({ user_id: team.annId }).delete()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'To do' })).toBeHidden()
  await expect.poll(async () => await keptOf(page, 'reads')).not.toContain(`/cards/${cardId}`)
  expect(await keptOf(page, 'reads')).not.toContain(`/boards/${team.board.boardId}`)
  await reopenOffline(page, context)
  await expect(page.getByText('Not for Ann any more')).toBeHidden()
})

test('after signing out the browser holds nothing of the person, with or without a network', async ({
  page,
  context,
  team,
}) => {
  await team.card('Of Ann')
  await openInstalled(page, team)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await keptOf(page, 'reads')).toEqual([])
  expect(await keptOf(page, 'commands')).toEqual([])
  await context.setOffline(true)
  await page.goto(`/boards/${team.board.boardId}`)
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(page.getByText('Of Ann')).toBeHidden()
})

test('what somebody has seen is gone once somebody else is signed in, also without signing out', async ({
  page,
  team,
}) => {
  await openInstalled(page, team)
  await page.evaluate(() => localStorage.removeItem('projectflow.signed-in'))
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(team.bob)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
  await expect
    .poll(async () => await keptOf(page, 'reads'))
    .not.toContain(`/boards/${team.board.boardId}`)
})

test('who has an older build open is told of the new one, and loads it when they like', async ({
  page,
  team,
}) => {
  await openInstalled(page, team)
  // As a worker of another build does when it takes over.
  await page.evaluate(`caches.keys()
    .then((names) => Promise.all(names.map((name) => caches.delete(name))))
    .then(() => navigator.serviceWorker.dispatchEvent(new Event('controllerchange')))`)
  await expect(page.getByText('There is a new version of ProjectFlow').first()).toBeVisible()
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByRole('heading', { name: 'To do' })).toBeVisible()
  await expect(page.getByText('There is a new version of ProjectFlow')).toBeHidden()
})
