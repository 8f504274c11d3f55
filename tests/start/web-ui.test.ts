import { chromium as playwright } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { signToken, tokenKeys } from '#core/platform/access-token.ts'
import { chromium } from '#start/parts/chromium.ts'
import { caller } from '../support/api.ts'
import { aBoard } from '../support/fixtures.ts'
import { ownTemporal } from '../support/own-temporal.ts'
import { production } from './production.ts'

const TITLE = 'Sell the company'
const SHOWN = { timeout: 30_000 }

test('the Temporal Web UI shows what is sealed to who came from the menu, and to nobody else', async () => {
  const temporal = await ownTemporal()
  onTestFinished(temporal.stop)
  const { origin, database, keys } = await production({
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_UI_URL: temporal.uiUrl,
  })
  const board = await aBoard(database)
  await database('operators').insert({ user_id: board.ownerId })
  const call = caller(origin, { keys: tokenKeys(keys.AUTH_KEY) })
  const made = await call('POST', `/api/v1/boards/${board.boardId}/cards`, {
    as: board.ownerId,
    body: { columnId: board.columns['To do'], title: TITLE },
  })
  const history = await call('GET', `/api/v1/cards/${made.body.card.id}/history`, {
    as: board.ownerId,
  })
  const { url } = history.body.items[0].workflow

  const browser = await playwright.launch({
    executablePath: await chromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1600, height: 1200 } })
  // As TEMPORAL_CODEC_ENDPOINT and TEMPORAL_CODEC_INCLUDE_CREDENTIALS of docker-compose set it.
  await context.addInitScript((endpoint) => {
    localStorage.setItem('endpoint', JSON.stringify(endpoint))
    localStorage.setItem('includeCredentials', 'true')
  }, `${origin}/admin/codec`)
  const look = async () => {
    const page = await context.newPage()
    const asked = page.waitForResponse('**/admin/codec/decode')
    await page.goto(url)
    const text = async () => await page.locator('body').innerText()
    await expect.poll(text, SHOWN).toContain('cardActions')
    return { page, text, status: (await asked).status() }
  }

  const stranger = await look()
  expect(stranger.status).toBe(401)
  expect(await stranger.text()).not.toContain(TITLE)
  await stranger.page.close()

  const token = await signToken(tokenKeys(keys.AUTH_KEY), 'api', board.ownerId)
  await context.request.post(`${origin}/api/v1/admin/histories-pass`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const operator = await look()
  expect(operator.status).toBe(200)
  await expect.poll(operator.text, SHOWN).toContain(TITLE)
})
