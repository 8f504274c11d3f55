import type { Page } from '@playwright/test'
import { cardIn, expect, openBoard, test } from './team.ts'

async function groupBy(page: Page, field: string): Promise<void> {
  await page.getByRole('button', { name: 'Group:' }).click()
  await page.getByRole('menuitemcheckbox', { name: field }).click()
}

test('grouped by assignee, a card dropped into a lane belongs to whom the lane is named after', async ({
  page,
  team,
}) => {
  const cardId = await team.card('Take me over')
  const taken = await team.card('Taken')
  const place = { card_id: taken, user_id: team.annId, workspace_id: team.board.workspaceId }
  await team.database('card_assignees').insert(place)
  await openBoard(page, team, team.ann)
  await groupBy(page, 'assignee')
  await expect(cardIn(page, 'Unassigned, To do', 'Take me over')).toBeVisible()

  await cardIn(page, 'Unassigned, To do', 'Take me over').dragTo(
    cardIn(page, 'Ann, To do', 'Taken'),
  )
  await expect(cardIn(page, 'Ann, To do', 'Take me over')).toBeVisible()
  await expect
    .poll(() => team.database('card_assignees').where({ card_id: cardId }))
    .toMatchObject([{ user_id: team.annId }])
})

test('grouped by priority, the lanes follow each other in order and fold away', async ({
  page,
  team,
}) => {
  const cards = { 'Can wait': 4, Burns: 1, 'No hurry': undefined }
  for (const [title, priority] of Object.entries(cards)) {
    const id = await team.card(title)
    if (priority) await team.database('cards').where({ id }).update({ priority })
  }
  await openBoard(page, team, team.ann)
  await groupBy(page, 'priority')
  const lanes = page.getByRole('button', { name: /^(Urgent|Low|No priority) 1$/ })
  await expect(lanes).toHaveText([/Urgent/, /Low/, /No priority/])

  await page.getByRole('button', { name: 'Urgent 1' }).click()
  await expect(cardIn(page, 'Urgent, To do', 'Burns')).toBeHidden()
  await expect(cardIn(page, 'Low, To do', 'Can wait')).toBeVisible()
})

test('a card is carried from lane to lane by keyboard', async ({ page, team }) => {
  const labelId = await team.label('Backend')
  const labelled = await team.card('Labelled')
  const row = { card_id: labelled, label_id: labelId, workspace_id: team.board.workspaceId }
  await team.database('card_labels').insert(row)
  await team.card('Plain')
  await openBoard(page, team, team.ann)
  await groupBy(page, 'label')
  await cardIn(page, 'No label, To do', 'Plain').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(cardIn(page, 'Backend, To do', 'Plain')).toBeVisible()
})
