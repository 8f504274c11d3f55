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
await browser.close()
