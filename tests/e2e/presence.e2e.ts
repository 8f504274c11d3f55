import { cardIn, expect, openBoard, test } from './team.ts'

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

  await other.keyboard.press('Escape')
  await expect(looked.getByTitle('Bob has this card open')).toBeHidden()
  await expect(looked).toHaveCSS('box-shadow', 'none')
  await other.close()
  await expect(here).toBeHidden()
})
