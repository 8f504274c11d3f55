import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'

const CODE_WAIT_MS = 300

/** The code that comes after the page comes late, as over a slow network. */
async function slowCode(page: Page): Promise<void> {
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, CODE_WAIT_MS))
    await route.continue()
  })
}

const moveTo = (page: Page) => page.getByRole('dialog', { name: 'Move to' })

for (const slow of [false, true]) {
  for (const delay of [0, 30, 80]) {
    const how = `at ${delay} ms a letter${slow ? ' while its code is on the way' : ''}`

    test(`what is typed right after M narrows the columns, twice, ${how}`, async ({
      page,
      team,
    }) => {
      await team.card('Hurry')
      if (slow) await slowCode(page)
      await openBoard(page, team, team.ann)
      for (const [from, to] of [
        ['To do', 'Done'],
        ['Done', 'To do'],
      ] as const) {
        await cardIn(page, from, 'Hurry').focus()
        await page.keyboard.press('m')
        await page.keyboard.type(to.slice(0, 3).toLowerCase(), { delay })
        await page.keyboard.press('Enter')
        await expect(cardIn(page, to, 'Hurry')).toBeVisible()
        await expect(cardIn(page, to, 'Hurry')).toBeFocused()
      }
    })

    test(`what is typed right after Ctrl K is looked for, twice, ${how}`, async ({
      page,
      team,
    }) => {
      await team.card('Delete me not')
      await team.card('Hurry')
      if (slow) await slowCode(page)
      await openBoard(page, team, team.ann)
      for (let time = 1; time <= 2; time += 1) {
        await cardIn(page, 'To do', 'Hurry').focus()
        await page.keyboard.press('Control+k')
        await page.keyboard.type('delete me', { delay })
        await page.keyboard.press('Enter')
        await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Delete me not')
        await page.keyboard.press('Escape')
        await expect(page.getByRole('textbox', { name: 'Title' })).toBeHidden()
      }
      await expect(page.getByRole('dialog')).toBeHidden()
      await expect(page.getByText('All changes saved')).toBeVisible()
    })
  }
}

const OTHERS = [
  { key: 'l', typed: 'back', heard: 'CHK-1: label Backend' },
  { key: 'a', typed: 'bo', heard: 'CHK-1: assigned to Bob' },
  { key: 'p', typed: 'hi', heard: 'CHK-1: Priority High' },
  { key: 'd', typed: 'tom', heard: 'CHK-1: Due Tomorrow' },
]
for (const { key, typed, heard } of OTHERS) {
  test(`what is typed right after ${key.toUpperCase()} is lost nowhere`, async ({ page, team }) => {
    await team.card('Hurry')
    await team.label('Backend')
    await slowCode(page)
    await openBoard(page, team, team.ann)
    await cardIn(page, 'To do', 'Hurry').focus()
    await page.keyboard.press(key)
    await page.keyboard.type(typed)
    await page.keyboard.press('Enter')
    await expect(page.locator('p[aria-live=polite]')).toHaveText(heard)
  })
}

test('Escape pressed before a list has come gives the keys back to the board', async ({
  page,
  team,
}) => {
  await team.card('Hurry')
  await slowCode(page)
  await openBoard(page, team, team.ann)
  await cardIn(page, 'To do', 'Hurry').focus()
  await page.keyboard.press('m')
  await page.keyboard.type('do')
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await page.keyboard.type('Next')
  await expect(page.getByRole('textbox', { name: 'New card' })).toHaveValue('Next')
  await expect(moveTo(page)).toBeHidden()
})

/** Presses Escape at the very moment a field gets the keyboard, earlier than any hand could. */
const ESCAPE_IN_FIELD = `addEventListener('focusin', ({ target }) => {
  if (!target.matches('input')) return
  target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  document.body.dataset.pressed = ''
})`

for (const key of ['m', 'l', 'd', 'Control+k']) {
  test(`Escape pressed as the list of ${key} gets the keyboard gives it back to the card`, async ({
    page,
    team,
  }) => {
    await team.card('Hurry')
    await openBoard(page, team, team.ann)
    await page.evaluate(ESCAPE_IN_FIELD)
    await cardIn(page, 'To do', 'Hurry').focus()
    await page.keyboard.press(key)
    await expect(page.locator('[data-pressed]')).toBeVisible()
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(cardIn(page, 'To do', 'Hurry')).toBeFocused()
  })
}
