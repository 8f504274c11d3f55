import { callAs } from './call-as.ts'
import { cardIn, expect, openBoard, test } from './team.ts'

test('where no socket comes through a board is live all the same, and its texts are read only until one does', async ({
  page,
  request,
  team,
}) => {
  const cardId = await team.card('Fix login')
  await team.database('cards').where({ id: cardId }).update({ description: 'It fails.' })
  let isBlocked = true
  await page.routeWebSocket(/\/collab/, (socket) =>
    isBlocked ? void socket.close() : void socket.connectToServer(),
  )
  const events = page.waitForResponse(/\/boards\/[^/]+\/events/)
  await openBoard(page, team, team.ann)
  await events

  const askBob = await callAs(request, team.bob)
  const move = { columnId: team.board.columns['Doing'] }
  await askBob('POST', `/cards/${cardId}/move`, move)
  await expect(cardIn(page, 'Doing', 'Fix login')).toBeVisible()

  await cardIn(page, 'Doing', 'Fix login').click()
  await expect(page.getByText('Read only here')).toBeVisible()
  await expect(page.getByText('It fails.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Description' })).toBeHidden()

  isBlocked = false
  await expect(page.getByText('Read only here')).toBeHidden({ timeout: 20_000 })
  await page.getByText('It fails.').click()
  await page.keyboard.type('Always. ')
  await expect(page.getByText('All changes saved')).toBeVisible()
})
