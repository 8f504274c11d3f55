import { cardIn, expect, openBoard, test } from './team.ts'

test('others see who is here, and which card each has open or carries', async ({
  page,
  team,
  openElsewhere,
}) => {
  await team.card('Shared')
  await openBoard(page, team, team.ann)
  const other = await openElsewhere(team.bob)
  await expect(page.getByRole('group', { name: 'Also here' }).getByLabel('Bob')).toBeVisible()

  const theirs = cardIn(other, 'To do', 'Shared')
  const mine = cardIn(page, 'To do', 'Shared')
  await theirs.focus()
  await other.keyboard.press('Space')
  await expect(mine.getByTitle('Bob is carrying this card')).toBeVisible()
  await other.keyboard.press('Escape')
  await expect(mine.getByTitle('Bob is carrying this card')).toBeHidden()

  await other.keyboard.press('Enter')
  await expect(mine.getByTitle('Bob has this card open')).toBeVisible()
  await other.keyboard.press('Escape')
  await expect(mine.getByTitle('Bob has this card open')).toBeHidden()
})
