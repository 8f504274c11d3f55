import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'
import { OVERLAYS, PAGES, prepare } from './views.ts'

/** Axe looks at a dozen or two views, each in both themes. */
const TOUR_LIMIT_MS = 240_000

const SCREENS = {
  'a desk': { viewport: { width: 1440, height: 900 } },
  'a phone': { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
}

async function seriousFindings(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue
      const where = nodes.map((node) => node.target.join(' ')).join(', ')
      found.push(`${id} in the ${colorScheme} theme: ${where}`)
    }
  }
  return found
}

for (const [screen, options] of Object.entries(SCREENS)) {
  test.describe(`on ${screen}`, () => {
    // A colour in the middle of a change is not one that anybody reads.
    test.use({ ...options, contextOptions: { reducedMotion: 'reduce' } })

    test('axe finds nothing serious where one signs in', async ({ page }) => {
      await page.goto('/login')
      await expect(page.getByLabel('Password')).toBeVisible()
      expect(await seriousFindings(page)).toEqual([])
    })

    for (const [views, visits] of Object.entries({ 'any page': PAGES, 'what opens': OVERLAYS })) {
      test(`axe finds nothing serious in ${views}`, async ({ page, team, openElsewhere }) => {
        test.setTimeout(TOUR_LIMIT_MS)
        await prepare(team)
        await openBoard(page, team, team.oda)
        for (const [name, visit] of Object.entries(visits)) {
          await page.goto(`/boards/${team.board.boardId}`)
          await expect(cardIn(page, 'To do', 'A card')).toBeVisible()
          await visit({ page, team, openElsewhere })
          expect.soft(await seriousFindings(page), name).toEqual([])
        }
      })
    }
  })
}
