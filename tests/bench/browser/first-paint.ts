import type { Page } from 'playwright-core'
import { within } from '#core/kernel/within.ts'

const LIMIT_MS = 30_000

/** Waits until what holds is in a frame; milliseconds from the start of the navigation. */
const untilPainted = (condition: string) => `new Promise((resolve) => {
  const look = () => {
    if (!(${condition})) requestAnimationFrame(look)
    else requestAnimationFrame(() => resolve(performance.now()))
  }
  look()
})`

/** How long a navigation with an empty cache takes until this condition is true and painted. */
export async function msUntil(page: Page, url: string, condition: string): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await session.detach()
  await page.goto('about:blank')
  await page.goto(url, { waitUntil: 'commit', timeout: LIMIT_MS })
  return await within(page.evaluate<number>(untilPainted(condition)), LIMIT_MS)
}
