import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'

/** Notes in the page each animation that takes any time, from its first frame on. */
async function noteMotion(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(`{
    window.motion = new Set()
    const look = () => {
      for (const one of document.getAnimations()) {
        const { duration, delay } = one.effect.getComputedTiming()
        if (duration + delay > 1) window.motion.add(one.animationName ?? one.transitionProperty)
      }
      requestAnimationFrame(look)
    }
    look()
  }`)
  return async () => await page.evaluate('[...window.motion]')
}

for (const { reducedMotion, moves } of [
  { reducedMotion: 'reduce', moves: false },
  { reducedMotion: 'no-preference', moves: true },
] as const) {
  test.describe(`with the device’s motion set to ${reducedMotion}`, () => {
    test.use({ contextOptions: { reducedMotion } })

    test(`the panel and a menu ${moves ? 'slide in' : 'are there without moving'}`, async ({
      page,
      team,
    }) => {
      await team.card('Open me')
      await openBoard(page, team, team.ann)
      await expect(cardIn(page, 'To do', 'Open me')).toBeVisible()
      const motion = await noteMotion(page)
      await cardIn(page, 'To do', 'Open me').click()
      const panel = page.getByRole('complementary', { name: 'Card CHK-1' })
      await expect(panel.getByRole('heading', { name: 'History' })).toBeVisible()
      await panel.getByRole('button', { name: 'Priority' }).click()
      await expect(page.getByRole('option', { name: 'High' })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('option', { name: 'High' })).toBeHidden()
      const seen = await motion()
      if (moves) expect(seen.join()).toContain('slide')
      else expect(seen).toEqual([])
    })
  })
}
