import { cardIn, expect, openBoard, test } from './team.ts'

/** The size of the smallest text. */
const SIGN_TEXT_PX = 11

test('who else is here is shown above the board, and round the card they have open, until they go', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Looked at')
  await team.card('Left alone')
  await openBoard(page, team, team.ann)
  const here = page.getByRole('group', { name: 'Also here' })
  await expect(cardIn(page, 'To do', 'Looked at')).toBeVisible()
  await expect(here).toBeHidden()

  const other = await openElsewhere(team.bob)
  await expect(here.getByRole('img', { name: 'Bob' })).toBeVisible()
  const [looked, left] = [cardIn(page, 'To do', 'Looked at'), cardIn(page, 'To do', 'Left alone')]
  await expect(looked).toHaveCSS('box-shadow', 'none')
  await cardIn(other, 'To do', 'Looked at').click()
  await expect(looked.getByTitle('Bob has this card open')).toBeVisible()
  await expect(looked).toHaveCSS('box-shadow', /0px 0px 0px 2px/)
  await expect(left.getByTitle('Bob has this card open')).toBeHidden()
  const sign = await looked.getByTitle('Bob has this card open').boundingBox()
  const list = await page.getByRole('list', { name: 'To do', exact: true }).boundingBox()
  expect(sign!.y, 'the sign is seen whole').toBeGreaterThanOrEqual(list!.y)
  expect(sign!.height).toBeGreaterThanOrEqual(SIGN_TEXT_PX)

  await other.keyboard.press('Escape')
  await expect(looked.getByTitle('Bob has this card open')).toBeHidden()
  await expect(looked).toHaveCSS('box-shadow', 'none')
  await other.close()
  await expect(here).toBeHidden()
})

test('a card that somebody carries is marked as theirs until they put it down', async ({
  page,
  team,
  openElsewhere,
}) => {
  await team.card('Shared')
  await openBoard(page, team, team.ann)
  const other = await openElsewhere(team.bob)
  const carried = cardIn(page, 'To do', 'Shared').getByTitle('Bob is carrying this card')
  await cardIn(other, 'To do', 'Shared').focus()
  await other.keyboard.press('Space')
  await expect(carried).toBeVisible()
  await other.keyboard.press('Escape')
  await expect(carried).toBeHidden()
})
