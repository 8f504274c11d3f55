import { chromium as playwright, type BrowserContext, type Page } from 'playwright-core'
import { chromium } from '#start/parts/chromium.ts'
import { framesOfDragging, framesOfScrolling } from '../browser/frames.ts'
import { msUntil } from '../browser/first-paint.ts'
import { scriptsOf } from '../browser/scripts.ts'
import { plainPage, servePage, type Shape } from '../floors/plain-page.ts'
import { atLeastTimes, atMost, atMostTimes, row, type Row } from '../row.ts'
import type { Stage } from '../stage.ts'
import { median, summarise } from '../summary.ts'
import { typing } from '../typing.ts'
import { stressBoardId, withDatabase } from '../world.ts'

const ROUNDS = 3
const LOADS = 20
const SLOW_FRAME_MS = 100
const SLOW_FRAMES_MAX_PERCENT = 1
const SCRIPTS_MAX_BYTES = 250_000
const FIRST_CARDS_GOAL_MS = 1_500
const VIEWPORT = { width: 1440, height: 900 }
const CARD = '[data-card]'
const BOX = '.box'
const LOGIN_LIMIT_MS = 15_000

type Side = 'ours' | 'floor'
type Target = {
  page: Page
  url: string
  /** Finds the cards, or the boxes that stand for them. */
  selector: string
  /** True in the page when a person sees what they came for. */
  loaded: string
}
type Targets = Record<Side, Target>
type Point = { x: number; y: number }

/** The Stress board in Chromium against a plain page of as many boxes of the same size. */
export async function ui(stage: Stage): Promise<Row[]> {
  const boardId = await withDatabase(stage.databaseUrl, stressBoardId)
  const browser = await playwright.launch({
    executablePath: await chromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  try {
    const context = await browser.newContext({ viewport: VIEWPORT })
    const page = await signedIn(context, stage.origin)
    const url = `${stage.origin}/boards/${boardId}`
    const scripts = await scriptsOf(context, url)
    await page.goto(url, { waitUntil: 'networkidle' })
    const port = await stage.portFor('plain-page')
    const server = await servePage(plainPage(await shapeOf(page)), port)
    const targets = {
      ours: { page, url, selector: CARD, loaded: `document.querySelector('${CARD}')` },
      floor: {
        page: await context.newPage(),
        url: `http://127.0.0.1:${port}/`,
        selector: BOX,
        loaded: `document.readyState === 'complete'`,
      },
    }
    const rows = [...(await loads(targets)), ...(await frames(targets)), scriptsRow(scripts)]
    server.close()
    server.closeAllConnections()
    return [...rows, ...(await typing(stage, context))]
  } finally {
    await browser.close()
  }
}

async function signedIn(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(LOGIN_LIMIT_MS)
  await page.goto(`${origin}/login`)
  await page.locator('input[type=email]').fill('owner@example.com')
  await page.locator('input[type=password]').fill('projectflow')
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => url.pathname !== '/login')
  return page
}

/** The size and place of the board's cards, for a page that shows as many. */
async function shapeOf(page: Page): Promise<Shape> {
  const boxes = await boxesOf(page, CARD)
  const columns = Map.groupBy(boxes, ({ x }) => Math.round(x))
  const [first] = [...columns.values()]
  if (!first || columns.size < 2) throw new Error('The board shows no columns of cards.')
  const heightPx = boxes.reduce((sum, box) => sum + box.height, 0) / boxes.length
  const [left, next] = [...columns.keys()].sort((a, b) => a - b)
  return {
    columns: 40,
    boxesPerColumn: 125,
    boxWidthPx: first[0]!.width,
    boxHeightPx: Math.round(heightPx),
    gapPx: Math.max(1, Math.round(next! - left! - first[0]!.width)),
    topPx: Math.round(Math.min(...boxes.map(({ y }) => y))),
    leftPx: left!,
  }
}

type Box = Point & { width: number; height: number }

/** Where the elements one can see are. */
async function boxesOf(page: Page, selector: string): Promise<Box[]> {
  return await page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})]
    .map((element) => element.getBoundingClientRect())
    .filter(({ left, right, top, bottom }) =>
      left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight)
    .map(({ x, y, width, height }) => ({ x, y, width, height }))`)
}

async function loads(targets: Targets): Promise<Row[]> {
  const times: Record<Side, number[]> = { ours: [], floor: [] }
  for (let round = 0; round < LOADS; round += 1) {
    for (const side of ['ours', 'floor'] as const) {
      const { page, url, loaded } = targets[side]
      await page.bringToFront()
      times[side].push(await msUntil(page, url, loaded))
    }
  }
  const both = { ours: summarise(times.ours), floor: summarise(times.floor) }
  const figures = { ours: both.ours.p50, floor: both.floor.p50 }
  const goal = { ours: both.ours.p50, floor: null }
  return [
    row('first cards after navigation, p50 ms', { ...figures, times: both }, atMostTimes(2.5)),
    row('first cards after navigation, p50 ms (product goal)', goal, atMost(FIRST_CARDS_GOAL_MS)),
  ]
}

async function frames(targets: Targets): Promise<Row[]> {
  const times: Record<Side, number[]> = { ours: [], floor: [] }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of ['ours', 'floor'] as const) {
      times[side].push(...(await framesOf(targets[side])))
    }
  }
  const both = { ours: summarise(times.ours), floor: summarise(times.floor) }
  const fps = { ours: 1_000 / median(times.ours), floor: 1_000 / median(times.floor) }
  const slow = { ours: slowPercent(times.ours), floor: slowPercent(times.floor) }
  return [
    row(
      'frames while scrolling and dragging, median FPS',
      { ...fps, times: both },
      atLeastTimes(0.9),
    ),
    row('frames over 100 ms, percent', slow, atMost(SLOW_FRAMES_MAX_PERCENT)),
  ]
}

async function framesOf({ page, url, selector }: Target): Promise<number[]> {
  await page.bringToFront()
  await page.goto(url, { waitUntil: 'networkidle' })
  const boxes = await boxesOf(page, selector)
  const [first, last] = [boxes[0], boxes.at(-1)]
  if (!first || !last) throw new Error(`${url} shows nothing.`)
  const dragging = await framesOfDragging(page, middle(first), middle(last))
  return [...dragging, ...(await framesOfScrolling(page, middle(last)))]
}

const middle = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 })

const slowPercent = (timesMs: readonly number[]) =>
  (timesMs.filter((time) => time > SLOW_FRAME_MS).length / timesMs.length) * 100

function scriptsRow(scripts: Awaited<ReturnType<typeof scriptsOf>>): Row {
  for (const { name, gzBytes } of scripts) console.log(`${String(gzBytes).padStart(8)}  ${name}`)
  const bytes = scripts.reduce((sum, { gzBytes }) => sum + gzBytes, 0)
  return row(
    'JS of the board route, gz bytes',
    { ours: bytes, floor: null },
    atMost(SCRIPTS_MAX_BYTES),
  )
}
