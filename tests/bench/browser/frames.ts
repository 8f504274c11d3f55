import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

const WHEEL_PX = 100
const WHEELS = 60
const WHEEL_EVERY_MS = 16
/** A browser keeps wheel events on the scroller they began on until they pause. */
const LATCH_MS = 600
const DRAG_STEPS = 60

const RECORD = `(() => {
  const times = []
  let on = true
  const tick = (time) => { times.push(time); if (on) requestAnimationFrame(tick) }
  requestAnimationFrame(tick)
  window.endFrames = () => { on = false; return times }
})()`

type Point = { x: number; y: number }

/** The times between frames, in milliseconds, while a page is used. */
async function framesWhile(page: Page, use: () => Promise<void>): Promise<number[]> {
  await page.evaluate(RECORD)
  await use()
  const times: number[] = await page.evaluate('window.endFrames()')
  return times.slice(1).map((time, index) => time - times[index]!)
}

/** Scrolls a column down and the board to the right, and both back, from where the mouse is. */
export async function framesOfScrolling(page: Page, at: Point): Promise<number[]> {
  await page.mouse.move(at.x, at.y)
  const frames: number[] = []
  const ways = [
    [0, WHEEL_PX],
    [WHEEL_PX, 0],
    [0, WHEEL_PX],
    [-WHEEL_PX, 0],
  ] as const
  for (const [right, down] of ways) {
    frames.push(...(await framesWhile(page, () => wheel(page, right, down))))
    await sleep(LATCH_MS)
  }
  return frames
}

async function wheel(page: Page, right: number, down: number): Promise<void> {
  for (let turn = 0; turn < WHEELS; turn += 1) {
    await Promise.all([page.mouse.wheel(right, down), sleep(WHEEL_EVERY_MS)])
  }
}

/** Drags what is at one point over the page to another, and lets it go there. */
export async function framesOfDragging(page: Page, from: Point, to: Point): Promise<number[]> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  const frames = await framesWhile(page, async () => {
    for (let step = 1; step <= DRAG_STEPS; step += 1) {
      const part = step / DRAG_STEPS
      const x = from.x + (to.x - from.x) * part
      const y = from.y + (to.y - from.y) * part
      await Promise.all([page.mouse.move(x, y), sleep(WHEEL_EVERY_MS)])
    }
  })
  await page.mouse.up()
  return frames
}
