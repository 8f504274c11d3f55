import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromium as chromiumPath } from '#start/parts/chromium.ts'

/** Takes the README's pictures of a running demo: `node docs/images/take.ts [address]`. */
const address = process.argv[2] ?? 'http://127.0.0.1:3000'
const SIZE = { width: 1440, height: 900 }
const STEP_LIMIT_MS = 20_000
const CARD = 'Chargebacks: collect the evidence by itself'

/** The demo's board of a team at work, as its owner sees it. */
async function openBoard(page: Page): Promise<void> {
  page.setDefaultTimeout(STEP_LIMIT_MS)
  await page.goto(`${address}/login`)
  await page.getByRole('button', { name: 'Owner' }).click()
  await page.getByRole('main').getByRole('link', { name: 'Team' }).click()
  await page.getByRole('listitem', { name: CARD }).waitFor()
}

/** The demo's cards begin as rows; what is done here gives this one workflows to look behind. */
async function workOnCard(page: Page): Promise<void> {
  await page.getByRole('listitem', { name: CARD }).click()
  await page.getByRole('checkbox').first().check()
  const field = page.getByRole('textbox', { name: 'Write a comment' })
  await field.fill('The export of the provider has most of it. I start with that.')
  await field.press('Control+Enter')
  const entry = page.getByRole('listitem').filter({ hasText: /commented · / })
  await entry.getByRole('link', { name: 'workflow' }).first().waitFor()
  await page.getByRole('button', { name: 'Close' }).scrollIntoViewIfNeeded()
}

/** «When a card enters Review, ask somebody; on yes it is done, on no it goes back with a word.» */
async function drawFlow(page: Page): Promise<void> {
  const form = page.getByRole('complementary', { name: 'What is chosen' })
  const add = async (place: string, step: string) => {
    await page.getByRole('button', { name: place, exact: true }).last().click()
    await page.getByRole('option', { name: step, exact: true }).click()
  }
  const choose = async (list: string, item: string) => {
    await form.getByRole('button', { name: list }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await page.getByRole('button', { name: 'Actions for Team' }).first().click()
  await page.getByRole('menuitem', { name: 'Automations' }).click()
  await page.getByRole('button', { name: 'New flow' }).first().click()
  await page.getByLabel('Name', { exact: true }).fill('Review gate')
  await page.getByRole('button', { name: 'Draw it' }).click()
  await choose('Add to To columns', 'Review')
  await add('Add the first step', 'Ask for approval')
  await choose('Add to Who may approve', 'Jon')
  await form.getByLabel('Question').fill('Ship «{{ card.title }}»?')
  await form.getByLabel('Give up after', { exact: true }).fill('2')
  await add('Add a step after Ask for approval', 'Branch')
  await form.getByRole('button', { name: 'Add a case' }).click()
  await form.getByLabel('Name of case 1').fill('yes')
  await form.getByRole('button', { name: 'Add a test' }).click()
  await add('Add the first step of «yes»', 'Move the card')
  await form.getByLabel('Column').selectOption('Done')
  await add('Add the first step of «otherwise»', 'Move the card')
  await form.getByLabel('Column').selectOption('In progress')
  await add('Add a step after Move the card', 'Comment')
  await form.getByLabel('Text').fill('Sent back. {{ steps.approval.comment }}')
  await page.locator('[data-step]').filter({ hasText: 'Ask for approval' }).click()
  await form.getByLabel('Question').waitFor()
  await page.getByText('saving …').waitFor({ state: 'hidden' })
}

async function take(
  browser: Browser,
  file: string,
  colorScheme: 'light' | 'dark',
  ...steps: readonly ((page: Page) => Promise<void>)[]
): Promise<void> {
  const context = await browser.newContext({ viewport: SIZE, colorScheme, locale: 'en-US' })
  const page = await context.newPage()
  for (const step of steps) await step(page)
  await page.getByText('All changes saved').waitFor()
  await page.screenshot({ path: join(import.meta.dirname, file), animations: 'disabled' })
  await context.close()
}

const browser = await chromium.launch({
  executablePath: await chromiumPath(),
  args: ['--no-sandbox'],
})
await take(browser, 'board-light.png', 'light', openBoard)
await take(browser, 'panel-dark.png', 'dark', openBoard, workOnCard)
await take(browser, 'flow-light.png', 'light', openBoard, drawFlow)
await browser.close()
