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
  const context = await aBrowser(origin)
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

test('ASVS line 49: the API shows the Temporal Web UI to operators, where it may ask nothing else of us', async () => {
  const temporal = await ownTemporal(['--ui-public-path=/admin/temporal'])
  onTestFinished(temporal.stop)
  const { origin, database, keys } = await production({
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_UI_ADDRESS: temporal.uiUrl,
  })
  const board = await aBoard(database)
  await database('operators').insert({ user_id: board.ownerId })
  const as = board.ownerId
  const call = caller(origin, { keys: tokenKeys(keys.AUTH_KEY) })
  const body = { columnId: board.columns['To do'], title: TITLE }
  const made = await call('POST', `/api/v1/boards/${board.boardId}/cards`, { as, body })
  const history = await call('GET', `/api/v1/cards/${made.body.card.id}/history`, { as })
  const { url } = history.body.items[0].workflow
  expect(url).toMatch(new RegExp(`^${origin}/admin/temporal/namespaces/default/workflows/`))
  const context = await aBrowser(origin)
  const violations: string[] = []
  await context.exposeFunction('noteViolation', (what: string) => violations.push(what))
  await context.addInitScript(`addEventListener('securitypolicyviolation', (event) =>
    noteViolation(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sourceFile))`)

  const page = await context.newPage()
  expect((await page.goto(url))!.status()).toBe(404)
  const token = await signToken(tokenKeys(keys.AUTH_KEY), 'api', board.ownerId)
  await context.request.post(`${origin}/api/v1/admin/histories-pass`, {
    headers: { authorization: `Bearer ${token}` },
  })
  await page.goto(url)
  const text = async () => await page.locator('body').innerText()
  await expect.poll(text, SHOWN).toContain('cardActions')
  await expect.poll(text, SHOWN).toContain(TITLE)
  expect(violations).toEqual([])

  const id = decodeURIComponent(new URL(url).pathname.split('/')[6]!)
  expect(await page.evaluate(terminating(id))).toContain('already completed')
  const line = await database('audit_log').where({ action: 'operator.temporal' }).first()
  expect(line).toMatchObject({ actor_id: board.ownerId, workspace_id: null })
  expect(line.after.path).toMatch(/terminate$/)

  expect(await page.evaluate(REACHING_OUT)).toEqual({ api: 'kept from it', window: null })
}, 120_000)

/** As the UI does it, with the cookie it was given. */
const terminating = (id: string) => `(async () => {
  const csrf = /_csrf=([^;]+)/.exec(document.cookie)[1]
  const path = '/admin/temporal/api/v1/namespaces/default/workflows/${encodeURIComponent(id)}'
  const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf }
  const body = JSON.stringify({ reason: 'a test' })
  return await (await fetch(path + '/terminate', { method: 'POST', headers, body })).text()
})()`

const REACHING_OUT = `(async () => ({
  api: await fetch('/api/v1/me').then(() => 'asked', () => 'kept from it'),
  window: window.open('/'),
}))()`

/** Set to decode as TEMPORAL_CODEC_ENDPOINT and TEMPORAL_CODEC_INCLUDE_CREDENTIALS would set it. */
async function aBrowser(origin: string) {
  const browser = await playwright.launch({
    executablePath: await chromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1600, height: 1200 } })
  await context.addInitScript((endpoint) => {
    localStorage.setItem('endpoint', JSON.stringify(endpoint))
    localStorage.setItem('includeCredentials', 'true')
  }, `${origin}/admin/codec`)
  return context
}
