import type { Frame, Page } from 'playwright-core'

const KEY_EVERY_MS = 30

/** Notes how long after each key the frame is done in which a person sees what it did. */
const NOTE_KEYS = `(() => {
  const isNoted = window.keysMs !== undefined
  window.keysMs = []
  if (isNoted) return
  addEventListener('keydown', ({ timeStamp }) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => window.keysMs.push(performance.now() - timeStamp)
    requestAnimationFrame(() => port2.postMessage(''))
  }, true)
})()`

/** Milliseconds from each key to the end of its frame, while a text is typed where the keyboard is. */
export async function msOfKeys(page: Page, frame: Frame, text: string): Promise<number[]> {
  await frame.evaluate(NOTE_KEYS)
  await page.keyboard.type(text, { delay: KEY_EVERY_MS })
  return await frame.evaluate('window.keysMs')
}
