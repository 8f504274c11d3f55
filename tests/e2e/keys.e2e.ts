import type { Locator, Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'

/** What somebody who cannot see the page hears. */
const heard = (page: Page) => page.locator('p[aria-live=polite]')

async function press(card: Locator, key: string): Promise<void> {
  await card.focus()
  await card.press(key)
}

const PICKED = [
  { key: 'l', option: 'Backend', shows: 'Backend', says: 'CHK-1: label Backend' },
  { key: 'a', option: 'Bob', shows: 'B', says: 'CHK-1: assigned to Bob' },
  { key: 'd', option: 'Tomorrow', shows: 'Tomorrow', says: 'CHK-1: Due Tomorrow' },
]
for (const { key, option, shows, says } of PICKED) {
  test(`${key.toUpperCase()} on a card offers ${option}, which then stands on it and is said`, async ({
    page,
    team,
  }) => {
    await team.card('Press a key')
    await team.label('Backend')
    await openBoard(page, team, team.ann)
    const card = cardIn(page, 'To do', 'Press a key')
    await press(card, key)
    await page.getByRole('option', { name: option }).click()
    await expect(heard(page)).toHaveText(says)
    await page.keyboard.press('Escape')
    await expect(card).toContainText(shows)
    await expect(card).toBeFocused()
    await expect(page.getByText('All changes saved')).toBeVisible()
    await page.reload()
    await expect(card).toContainText(shows)
  })
}

test('P gives a card its priority, and what that was is said', async ({ page, team }) => {
  await team.card('Press a key')
  await openBoard(page, team, team.ann)
  const card = cardIn(page, 'To do', 'Press a key')
  await press(card, 'p')
  await expect(page.getByRole('textbox', { name: 'Priority …' })).toBeFocused()
  await page.keyboard.type('hi')
  await page.keyboard.press('Enter')
  await expect(card.getByRole('img', { name: 'High' })).toBeVisible()
  await expect(heard(page)).toHaveText('CHK-1: Priority High')
  await page.keyboard.press('Control+z')
  await expect(card.getByRole('img', { name: 'High' })).toBeHidden()
  await expect(heard(page)).toHaveText('Taken back')
})

test('M moves a card to another column, and where that is is said', async ({ page, team }) => {
  await team.card('Press a key')
  await openBoard(page, team, team.ann)
  await press(cardIn(page, 'To do', 'Press a key'), 'm')
  await expect(page.getByRole('textbox', { name: 'Move to …' })).toBeFocused()
  await page.keyboard.type('done')
  await page.keyboard.press('Enter')
  await expect(cardIn(page, 'Done', 'Press a key')).toBeFocused()
  await expect(heard(page)).toHaveText('Moved CHK-1 to Done')
})

test('letters typed before a menu has come open no other menu', async ({ page, team }) => {
  await team.card('Press a key')
  const code = Promise.withResolvers<void>()
  await page.route(/card-picker/, async (route) => {
    await code.promise
    await route.continue()
  })
  await openBoard(page, team, team.ann)
  await press(cardIn(page, 'To do', 'Press a key'), 'm')
  await page.keyboard.press('d')
  code.resolve()
  await expect(page.getByRole('textbox', { name: 'Move to …' })).toBeFocused()
})

test('a title changed with E is said', async ({ page, team }) => {
  await team.card('Old words')
  await openBoard(page, team, team.ann)
  await press(cardIn(page, 'To do', 'Old words'), 'e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('New words')
  await page.keyboard.press('Enter')
  await expect(heard(page)).toHaveText('CHK-1: Title New words')
})

test('X and Shift with an arrow select cards, which say so, and P then is for all of them', async ({
  page,
  team,
}) => {
  for (const title of ['First', 'Second', 'Third', 'Fourth']) await team.card(title)
  await openBoard(page, team, team.ann)
  const named = (name: string) => page.getByRole('listitem', { name, exact: true })
  await press(cardIn(page, 'To do', 'First'), 'x')
  await expect(heard(page)).toHaveText('1 card selected')
  await expect(named('CHK-1 First, selected')).toBeVisible()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(heard(page)).toHaveText('3 cards selected')
  await expect(named('CHK-3 Third, selected')).toBeFocused()

  await page.keyboard.press('p')
  await expect(page.getByRole('textbox', { name: 'Priority …' })).toBeFocused()
  await page.keyboard.type('urgent')
  await page.keyboard.press('Enter')
  await expect(heard(page)).toHaveText('3 cards: Priority Urgent')
  for (const title of ['First', 'Second', 'Third']) {
    const card = cardIn(page, 'To do', title)
    await expect(card.getByRole('img', { name: 'Urgent' })).toBeVisible()
  }
  await expect(cardIn(page, 'To do', 'Fourth').getByRole('img', { name: 'Urgent' })).toBeHidden()

  await cardIn(page, 'To do', 'First').press('Escape')
  await expect(heard(page)).toHaveText('No card selected')
  await expect(named('CHK-1 First')).toBeVisible()
})

test('what is changed in the panel is said', async ({ page, team }) => {
  await team.card('Look inside')
  await openBoard(page, team, team.ann)
  await cardIn(page, 'To do', 'Look inside').click()
  const panel = page.getByRole('complementary', { name: 'Card CHK-1' })
  await panel.getByRole('spinbutton', { name: 'Points' }).fill('8')
  await page.keyboard.press('Enter')
  await expect(heard(page)).toHaveText('CHK-1: Points 8')
  await panel.getByRole('button', { name: 'Colour: No colour' }).click()
  await page.getByRole('button', { name: 'Teal' }).click()
  await expect(heard(page)).toHaveText('CHK-1: Colour Teal')
  await panel.getByRole('textbox', { name: 'Title' }).fill('Seen')
  await page.keyboard.press('Enter')
  await expect(heard(page)).toHaveText('CHK-1: Title Seen')
  const line = panel.getByRole('textbox', { name: 'Add an item' })
  await line.fill('Write it')
  await line.press('Enter')
  await expect(heard(page)).toHaveText('Added Write it')
  await panel.getByRole('checkbox', { name: 'Write it' }).check()
  await expect(heard(page)).toHaveText('Ticked Write it')
  const comment = panel.getByRole('textbox', { name: 'Write a comment' })
  await comment.fill('Done so far')
  await comment.press('Control+Enter')
  await expect(heard(page)).toHaveText('Comment added')
})

test('a column that is added, renamed, moved or limited is said', async ({ page, team }) => {
  await openBoard(page, team, team.ann)
  const fromMenu = async (column: string, action: string) => {
    await page.getByRole('button', { name: `Actions for column ${column}` }).click()
    await page.getByRole('menuitem', { name: action }).click()
  }
  await page.getByRole('button', { name: 'Add column' }).click()
  await page.keyboard.type('Review')
  await page.keyboard.press('Enter')
  await expect(heard(page)).toHaveText('Added column Review')
  await expect(page.getByText('All changes saved')).toBeVisible()
  await fromMenu('Review', 'Rename')
  await page.keyboard.type('Checked')
  await page.keyboard.press('Enter')
  await expect(heard(page)).toHaveText('Renamed the column to Checked')
  await fromMenu('Checked', 'Move left')
  await expect(heard(page)).toHaveText('Column Checked is now at place 3 of 4')
  await fromMenu('Checked', 'Limit cards')
  await page.getByRole('spinbutton', { name: 'Cards at most' }).fill('2')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(heard(page)).toHaveText('Checked: limit 2')
})
