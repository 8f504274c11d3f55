import type { Locator, Page } from '@playwright/test'
import { newId } from '#core/kernel/ids.ts'
import { cardIn, expect, openBoard, test } from './team.ts'

const WORD = 'https://example.com/' + 'w'.repeat(150)
const SCREENS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]

/** Whether all of a thing can be seen in the window. */
async function isInSight(page: Page, thing: Locator): Promise<boolean> {
  const box = (await thing.boundingBox())!
  return box.x >= 0 && box.x + box.width <= page.viewportSize()!.width
}

for (const screen of SCREENS) {
  test(`words without an end leave the panel its buttons (${screen.width} px)`, async ({
    page,
    team,
  }) => {
    const cardId = await team.card(WORD)
    const inCard = { workspace_id: team.board.workspaceId, card_id: cardId }
    await team.database('cards').where({ id: cardId }).update({ description: WORD })
    const comment = { ...inCard, id: newId(), author_id: team.annId, body: WORD }
    await team.database('comments').insert(comment)
    const item = { ...inCard, id: newId(), body: WORD, rank: 'm' }
    await team.database('checklist_items').insert(item)
    await page.setViewportSize(screen)
    await openBoard(page, team, team.ann)
    await page.goto(`/boards/${team.board.boardId}?card=${cardId}`)
    const panel = page.getByRole('complementary')
    await expect(panel.getByText(WORD).first()).toBeVisible()

    expect(await isInSight(page, panel.getByRole('button', { name: 'Close' }))).toBe(true)
    expect(await panel.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
  })
}

test('a board’s long name leaves room for what stands beside it', async ({ page, team }) => {
  const name = 'An annual planning board with a name as long as names of boards may ever be xyz'
  await team.database('boards').where({ id: team.board.boardId }).update({ name })
  await openBoard(page, team, team.ann)
  for (const width of [1280, 800, 768]) {
    await page.setViewportSize({ width, height: 800 })
    for (const button of ['New card', 'Search']) {
      const found = page.getByRole('button', { name: button }).first()
      expect(await isInSight(page, found), `${button} at ${width} px`).toBe(true)
    }
  }
  await page.goto('/')
  const sign = page.getByRole('main').getByRole('link', { name }).locator('svg').first()
  expect((await sign.boundingBox())!.width).toBeGreaterThan(10)
})

test('a long label on a card ends in an ellipsis', async ({ page, team }) => {
  const cardId = await team.card('Labelled')
  const labelId = await team.label('A label with quite a long name')
  const link = { card_id: cardId, label_id: labelId, workspace_id: team.board.workspaceId }
  await team.database('card_labels').insert(link)
  await openBoard(page, team, team.ann)
  const label = cardIn(page, 'To do', 'Labelled').getByText('A label with')
  const { isCut, overflow } = await label.evaluate((box) => ({
    isCut: box.scrollWidth > box.clientWidth,
    overflow: box.computedStyleMap().get('text-overflow')?.toString(),
  }))
  expect([isCut, overflow]).toEqual([true, 'ellipsis'])
})
