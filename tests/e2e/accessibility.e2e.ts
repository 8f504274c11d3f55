import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test, type Team } from './team.ts'

/** Axe looks at ten views in one go. */
const TOUR_LIMIT_MS = 150_000

type Visit = (page: Page, team: Team) => Promise<void>

/** Every view there is, and how one comes to it from the board. */
const VIEWS: Readonly<Record<string, Visit>> = {
  'the board': async () => {},
  'the board by assignee': async (page) => {
    await page.getByRole('button', { name: 'Group' }).click()
    await page.getByText('assignee', { exact: true }).click()
    await page.keyboard.press('Escape')
  },
  'a card': async (page, team) => {
    await page.goto(`/boards/${team.board.boardId}?card=${await team.card('Open me')}`)
    await expect(page.getByRole('textbox').first()).toBeVisible()
  },
  'the palette': async (page) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('card')
  },
  'the keys': async (page) => page.keyboard.press('?'),
  'a project': async (page, team) => {
    await page.goto(`/projects/${team.board.projectId}`)
    await expect(page.getByText('Labels')).toBeVisible()
  },
  'the projects': async (page) => {
    await page.goto('/')
    await expect(page.getByRole('button', { name: 'Search' }).first()).toBeVisible()
  },
  'the inbox': async (page) => {
    await page.goto('/inbox')
    await expect(page.getByText('You are all caught up')).toBeVisible()
  },
  'an address where nothing is': async (page) => {
    await page.goto('/nowhere')
    await expect(page.getByRole('heading').first()).toBeVisible()
  },
}

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('axe finds nothing serious in any view', async ({ page, team }) => {
      test.setTimeout(TOUR_LIMIT_MS)
      await page.goto('/login')
      await expect(page.getByLabel('Password')).toBeVisible()
      expect(await seriousFindings(page), 'signing in').toEqual([])
      await team.card('A card')
      await openBoard(page, team, team.ann)
      for (const [name, visit] of Object.entries(VIEWS)) {
        await page.goto(`/boards/${team.board.boardId}`)
        await expect(cardIn(page, 'To do', 'A card')).toBeVisible()
        await visit(page, team)
        expect.soft(await seriousFindings(page), name).toEqual([])
      }
    })
  })
}
