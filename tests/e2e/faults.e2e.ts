import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test, type Team } from './team.ts'

/** Makes the server stumble over one card until the answer is called. */
async function breakCard(team: Team, cardId: string): Promise<() => Promise<void>> {
  const name = `broken_${cardId.replaceAll('-', '_')}`
  await team.database.raw(`create function ${name}() returns trigger language plpgsql as
    $$ begin raise exception 'broken for a test'; end $$`)
  await team.database.raw(`create trigger ${name} before update on cards
    for each row when (old.id = '${cardId}') execute function ${name}()`)
  return async () => {
    await team.database.raw(`drop function if exists ${name} cascade`)
  }
}

async function carryRight(page: Page, title: string): Promise<void> {
  await cardIn(page, 'To do', title).focus()
  for (const key of ['Space', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
}

test('a change the server stumbled over tells why and which request, and is saved when tried again', async ({
  page,
  team,
}) => {
  const cardId = await team.card('Breaks the server')
  const mend = await breakCard(team, cardId)
  try {
    await openBoard(page, team, team.ann)
    await carryRight(page, 'Breaks the server')
    await expect(page.getByText('1 change not saved')).toBeVisible()
    const told = page.getByRole('listitem').filter({ hasText: 'The change was not saved' })
    await expect(told).toContainText('The server had a fault')
    await expect(told).toContainText(/Request [\w-]{8,}/)
    await expect(page.locator('p[aria-live=polite]')).toContainText('The server had a fault')
    await mend()
    await told.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText('All changes saved')).toBeVisible()
  } finally {
    await mend()
  }
  expect(await team.database('cards').where({ id: cardId }).first()).toMatchObject({
    column_id: team.board.columns['Doing'],
  })
})
