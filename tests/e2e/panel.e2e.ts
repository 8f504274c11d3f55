import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'

const panel = (page: Page) => page.getByRole('complementary', { name: /^Card CHK-/ })

async function openCard(page: Page, title: string): Promise<void> {
  await cardIn(page, 'To do', title).click()
  await expect(panel(page).getByRole('heading', { name: 'History' })).toBeVisible()
}

/** These lists stay open for more than one choice. */
const SEVERAL = ['Assignees', 'Labels']

/** Opens a property of the card and chooses from what it may be. */
async function choose(page: Page, property: string, value: string): Promise<void> {
  await panel(page).getByRole('button', { name: property }).click()
  await page.getByRole('dialog', { name: property }).getByRole('option', { name: value }).click()
  if (SEVERAL.includes(property)) await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: property })).toBeHidden()
}

/** Writes another title into the open card; it is saved when the field is left. */
async function writeTitle(page: Page, title: string): Promise<void> {
  await panel(page).getByRole('textbox', { name: 'Title' }).fill(title)
}

test('every property changed in the panel stands on the card, also after a reload', async ({
  page,
  team,
}) => {
  await team.card('Describe me')
  await team.label('Backend')
  await openBoard(page, team, team.ann)
  await openCard(page, 'Describe me')
  await choose(page, 'Assignees', 'Bob')
  await choose(page, 'Due', 'Tomorrow')
  await choose(page, 'Priority', 'High')
  await choose(page, 'Labels', 'Backend')
  await panel(page).getByRole('spinbutton', { name: 'Points' }).fill('8')
  await page.keyboard.press('Enter')
  await panel(page).getByRole('button', { name: 'Colour: No colour' }).click()
  await page.getByRole('button', { name: 'Teal' }).click()
  await panel(page).getByRole('textbox', { name: 'Description' }).click()
  await page.keyboard.type('What it is about')
  await expect(page.getByText('All changes saved')).toBeVisible()

  await page.reload()
  const card = cardIn(page, 'To do', 'Describe me')
  for (const words of ['Tomorrow', 'Backend', '8']) await expect(card).toContainText(words)
  await expect(card.getByRole('img', { name: 'High' })).toBeVisible()
  await expect(card.getByRole('img', { name: 'Bob' })).toBeVisible()
  await expect(panel(page).getByText('What it is about')).toBeVisible()
  await expect(panel(page).getByRole('button', { name: 'Colour: Teal' })).toBeVisible()
})

test('what is being typed stays when somebody else changes the card meanwhile', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Guess how long')
  await openBoard(page, team, team.ann)
  await openCard(page, 'Guess how long')
  const points = panel(page).getByRole('spinbutton', { name: 'Points' })
  await points.fill('8')
  const other = await openElsewhere(team.bob)
  await openCard(other, 'Guess how long')
  await choose(other, 'Priority', 'High')
  await expect(panel(page).getByRole('button', { name: 'Priority High' })).toBeVisible()
  await points.press('Enter')
  await expect(cardIn(other, 'To do', 'Guess how long')).toContainText('8')
})

test('a checklist is written and ticked, and the card tells how far it is', async ({
  page,
  team,
}) => {
  await team.card('Many steps')
  await openBoard(page, team, team.ann)
  await openCard(page, 'Many steps')
  const line = panel(page).getByRole('textbox', { name: 'Add an item' })
  for (const step of ['Write it', 'Read it']) {
    await line.fill(step)
    await line.press('Enter')
  }
  await panel(page).getByRole('checkbox', { name: 'Write it' }).check()
  await expect(cardIn(page, 'To do', 'Many steps')).toContainText('1/2')
  await expect(panel(page).getByText('ticked “Write it”')).toBeVisible()
})

test('a comment that mentions somebody is unread in their inbox until they open it', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Ask Bob')
  await openBoard(page, team, team.ann)
  await openCard(page, 'Ask Bob')
  const field = panel(page).getByRole('textbox', { name: 'Write a comment' })
  await field.pressSequentially('Could you look, @bo')
  await page.getByRole('option', { name: 'Bob' }).click()
  await field.press('Control+Enter')
  await expect(
    panel(page).getByRole('listitem').filter({ hasText: 'Could you look' }),
  ).toBeVisible()
  const { workspaceId } = team.board
  const unread = () =>
    team
      .database('notifications')
      .where({ workspace_id: workspaceId, kind: 'mentioned', read_at: null })
  await expect.poll(unread).toHaveLength(1)

  const other = await openElsewhere(team.bob)
  await other.getByRole('link', { name: 'Inbox 1 unread' }).click()
  await other.getByRole('link', { name: 'You were mentioned' }).click()
  await expect(panel(other).getByText('Could you look')).toBeVisible()
  await expect(other.getByRole('link', { name: 'Inbox', exact: true })).toBeVisible()
  await expect.poll(unread).toHaveLength(0)
})

test('an entry of the history leads to its workflow in the Temporal Web UI', async ({
  page,
  context,
  team,
}) => {
  await team.card('Look behind me')
  await openBoard(page, team, team.ann)
  await openCard(page, 'Look behind me')
  await choose(page, 'Priority', 'Urgent')
  const entry = panel(page).getByRole('listitem').filter({ hasText: 'set the priority to Urgent' })
  const link = entry.getByRole('link', { name: 'workflow' })
  await expect(link).toBeVisible()
  expect((await page.request.get((await link.getAttribute('href'))!)).status()).toBe(200)
  const [workflow] = await Promise.all([context.waitForEvent('page'), link.click()])
  await expect(workflow.getByText(`card-actions/${team.board.workspaceId}`).first()).toBeVisible()
  await expect(workflow.getByText('Completed').first()).toBeVisible()
})

test('a link to a card opens it for others, and Escape gives the keyboard back to the card', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Show me around')
  await openBoard(page, team, team.ann)
  await cardIn(page, 'To do', 'Show me around').focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\?card=[\w-]{36}$/)

  const other = await openElsewhere(team.bob)
  await other.goto(page.url())
  await expect(panel(other).getByRole('textbox', { name: 'Title' })).toHaveValue('Show me around')

  await expect(panel(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  await expect(cardIn(page, 'To do', 'Show me around')).toBeFocused()
  await expect(page).not.toHaveURL(/card=/)
})

for (const { choice, kept } of [
  { choice: 'Keep mine', kept: 'In the words of Ann' },
  { choice: 'Keep theirs', kept: 'In the words of Bob' },
]) {
  test(`of two titles written at once the one stays that is chosen with “${choice}”`, async ({
    page,
    openElsewhere,
    team,
  }) => {
    await team.card('Without words')
    await openBoard(page, team, team.ann)
    await openCard(page, 'Without words')
    await writeTitle(page, 'In the words of Ann')

    const other = await openElsewhere(team.bob)
    await openCard(other, 'Without words')
    await writeTitle(other, 'In the words of Bob')
    await other.keyboard.press('Enter')
    await expect(cardIn(page, 'To do', 'In the words of Bob')).toBeVisible()

    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this too' })
    await expect(dialog).toContainText('In the words of Ann')
    await dialog.getByRole('button', { name: choice }).click()
    await expect(cardIn(page, 'To do', kept)).toBeVisible()
    await expect(cardIn(other, 'To do', kept)).toBeVisible()
  })
}

test('beside an open card the board’s keys work, and Ctrl+Z takes back what the panel changed', async ({
  page,
  team,
}) => {
  await team.card('Open beside')
  await team.card('Next in line')
  await openBoard(page, team, team.ann)
  await openCard(page, 'Open beside')
  await expect(panel(page).getByRole('textbox', { name: 'Write a comment' })).toBeVisible()
  await choose(page, 'Priority', 'High')
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(panel(page).getByRole('button', { name: 'Priority None' })).toBeVisible()

  await cardIn(page, 'To do', 'Open beside').focus()
  await page.keyboard.press('ArrowDown')
  await expect(cardIn(page, 'To do', 'Next in line')).toBeFocused()
  await page.keyboard.press('e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Renamed beside the panel')
  await page.keyboard.press('Enter')
  await expect(cardIn(page, 'To do', 'Renamed beside the panel')).toBeVisible()
  await expect(panel(page)).toBeVisible()
})
