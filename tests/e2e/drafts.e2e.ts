import { cardIn, expect, openBoard, signIn, test } from './team.ts'

test('what is being written of a new card, a comment and another one survives a reload', async ({
  page,
  team,
}) => {
  const cardId = await team.card('Has a comment')
  await openBoard(page, team, team.ann)
  await page.goto(`/boards/${team.board.boardId}?card=${cardId}`)
  const field = page.getByRole('textbox', { name: 'Write a comment' })
  await field.fill('Sent')
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(page.getByText('All changes saved')).toBeVisible()
  await field.fill('Half a comment')
  const sent = page.getByRole('listitem').filter({ hasText: 'Sent' })
  await sent.getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Edit', exact: true }).fill('Sent, and better')
  await page.keyboard.press('Escape')
  await sent.getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Edit', exact: true }).fill('Sent, and much better')
  await page.getByRole('button', { name: 'Add card to Doing' }).first().click()
  await page.keyboard.type('Half a card')

  await page.reload()
  await expect(page.getByRole('textbox', { name: 'New card' })).toHaveValue('Half a card')
  await expect(field).toHaveValue('Half a comment')
  const again = page.getByRole('textbox', { name: 'Edit', exact: true })
  await expect(again).toHaveValue('Sent, and much better')
  await page.getByRole('textbox', { name: 'New card' }).press('Enter')
  await expect(cardIn(page, 'Doing', 'Half a card')).toBeVisible()
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.reload()
  await expect(cardIn(page, 'Doing', 'Half a card')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'New card' })).toBeHidden()
})

test('a draft is its writer’s: who signs in after them without their signing out does not see it', async ({
  page,
  team,
}) => {
  const cardId = await team.card('For two')
  await openBoard(page, team, team.ann)
  await page.goto(`/boards/${team.board.boardId}?card=${cardId}`)
  const field = page.getByRole('textbox', { name: 'Write a comment' })
  await field.fill('Of Ann')
  await page.evaluate("localStorage.removeItem('projectflow.signed-in')")
  await page.goto('/login')
  await signIn(page, team.bob)
  await page.goto(`/boards/${team.board.boardId}?card=${cardId}`)
  await expect(field).toHaveValue('')
})
