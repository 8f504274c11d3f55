import type { BrowserContext, Frame, Page } from 'playwright-core'
import { CODE_CHARS_MAX } from '#core/flows/limits.ts'
import { draft, step } from '#tests/support/flows/a-flow.ts'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'
import { msOfKeys } from './browser/keys.ts'
import { atMost, row, type Row } from './row.ts'
import type { Stage } from './stage.ts'
import { summarise } from './summary.ts'
import { stressBoard, withDatabase } from './world.ts'

const REACH_MS = 50
const ROUNDS = 3
/** A hundred keys. */
const TYPED =
  '\nconst open = input.cards.filter((card) => card.done !== true)\nconst sum = open.length + 1 // count\n'
const LINE = 'const total = input.cards.reduce((sum, card) => sum + (card.points ?? 0), 0)\n'
const LONG = CODE_CHARS_MAX - ROUNDS * TYPED.length * 2
const SIZES = { '40 lines': 40 * LINE.length, 'the most there may be': LONG }

type Side = { readonly page: Page; readonly frame: Frame }

/** What a key costs in the editor of code, beside the same keys in the plain field of the designer. */
export async function typing(stage: Stage, context: BrowserContext): Promise<Row[]> {
  const rows: Row[] = []
  for (const [size, chars] of Object.entries(SIZES)) {
    const url = `${stage.origin}/flows/${await aFlowOf(stage, chars)}`
    const sides = { ours: await inEditor(context, url), floor: await inPlainField(context, url) }
    const timesMs = { ours: [] as number[], floor: [] as number[] }
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const side of ['ours', 'floor'] as const) {
        const { page, frame } = sides[side]
        await page.bringToFront()
        timesMs[side].push(...(await msOfKeys(page, frame, TYPED)))
      }
    }
    for (const { page } of Object.values(sides)) await page.close()
    const times = { ours: summarise(timesMs.ours), floor: summarise(timesMs.floor) }
    const figures = { ours: times.ours.p95, floor: times.floor.p95, times }
    rows.push(row(`key to paint in code of ${size}, p95 ms`, figures, atMost(REACH_MS)))
  }
  return rows
}

async function aFlowOf(stage: Stage, chars: number): Promise<string> {
  const code = LINE.repeat(Math.floor(chars / LINE.length))
  return await withDatabase(stage.databaseUrl, async (database) => {
    const flow = draft([step('run', 'code.run', { code })])
    return await aPublishedFlow(database, await stressBoard(database), flow)
  })
}

async function inEditor(context: BrowserContext, url: string): Promise<Side> {
  const page = await context.newPage()
  await openStep(page, url)
  const frame = page.frames().find((each) => each !== page.mainFrame())!
  await page.locator('iframe:visible').waitFor()
  await page.locator('iframe').click()
  await page.keyboard.press('Control+End')
  return { page, frame }
}

async function inPlainField(context: BrowserContext, url: string): Promise<Side> {
  const page = await context.newPage()
  await page.route('**/code-editor/**', (route) => route.abort())
  await openStep(page, url)
  await page.locator('textarea.code').click()
  await page.keyboard.press('Control+End')
  return { page, frame: page.mainFrame() }
}

async function openStep(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.locator('[data-step="run"]').click()
  await page.locator('textarea.code').waitFor()
}
