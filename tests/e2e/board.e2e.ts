import { Connection, Client } from '@temporalio/client'
import { cardIn, expect, openBoard, test } from './team.ts'

test('a card added with one line is on the board with who, what and when it says', async ({
  page,
  team,
}) => {
  await openBoard(page, team, team.ann)
  await page.keyboard.press('n')
  await page.keyboard.type('Fix the login @bob !1 tomorrow')
  await page.keyboard.press('Enter')
  const card = cardIn(page, 'To do', 'Fix the login')
  await expect(card).toBeVisible()
  await expect(card).not.toContainText('@bob')
  await expect(card).toContainText('Tomorrow')
  await expect.poll(() => team.database('cards').where({ title: 'Fix the login' })).toHaveLength(1)
})

test('a card dragged with the mouse is where it was dropped, here and in another window', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Move me')
  await team.card('Already there', 'Done')
  await openBoard(page, team, team.ann)
  const other = await openElsewhere(team.bob)
  await cardIn(page, 'To do', 'Move me').dragTo(cardIn(page, 'Done', 'Already there'))
  await expect(cardIn(page, 'Done', 'Move me')).toBeVisible()
  await expect(cardIn(other, 'Done', 'Move me')).toBeVisible()
  await page.reload()
  await expect(cardIn(page, 'Done', 'Move me')).toBeVisible()
})

test('a card is carried and dropped by keyboard alone, and undo brings it back', async ({
  page,
  team,
}) => {
  await team.card('Carry me')
  await openBoard(page, team, team.ann)
  await cardIn(page, 'To do', 'Carry me').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(cardIn(page, 'Doing', 'Carry me')).toBeVisible()
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(cardIn(page, 'To do', 'Carry me')).toBeVisible()
})

test('an edited title is seen by others and survives a reload', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Old words')
  await openBoard(page, team, team.ann)
  const other = await openElsewhere(team.bob)
  await cardIn(page, 'To do', 'Old words').focus()
  await page.keyboard.press('e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('New words')
  await page.keyboard.press('Enter')
  await expect(cardIn(other, 'To do', 'New words')).toBeVisible()
  await page.reload()
  await expect(cardIn(page, 'To do', 'New words')).toBeVisible()
})

test('a filter leaves only what matches, and says how to clear it', async ({ page, team }) => {
  await team.card('Apples')
  await team.card('Pears')
  await openBoard(page, team, team.ann)
  await page.getByRole('searchbox', { name: 'Filter' }).fill('pear')
  await expect(cardIn(page, 'To do', 'Apples')).toBeHidden()
  await expect(cardIn(page, 'To do', 'Pears')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter' }).fill('no such fruit')
  await page.getByRole('button', { name: 'Clear filter' }).first().click()
  await expect(cardIn(page, 'To do', 'Apples')).toBeVisible()
})

test('an archived card leaves the board everywhere, and undo brings it back', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Put away')
  await openBoard(page, team, team.ann)
  const other = await openElsewhere(team.bob)
  await cardIn(page, 'To do', 'Put away').focus()
  await page.keyboard.press('Delete')
  await expect(cardIn(page, 'To do', 'Put away')).toBeHidden()
  await expect(cardIn(other, 'To do', 'Put away')).toBeHidden()
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(cardIn(other, 'To do', 'Put away')).toBeVisible()
})

test('undo is refused with its reason when somebody else has since moved the card', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Contested')
  await openBoard(page, team, team.ann)
  const carry = async (who: typeof page, from: string) => {
    await cardIn(who, from, 'Contested').focus()
    await who.keyboard.press('Space')
    await who.keyboard.press('ArrowRight')
    await who.keyboard.press('Enter')
  }
  await carry(page, 'To do')
  const other = await openElsewhere(team.bob)
  await carry(other, 'Doing')
  await expect(cardIn(page, 'Done', 'Contested')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByText(/Someone else has since changed/).first()).toBeVisible()
  await expect(cardIn(page, 'Done', 'Contested')).toBeVisible()
})

test('a viewer sees the board and its news but has no way to change it', async ({ page, team }) => {
  await team.card('Look at me')
  await openBoard(page, team, team.vic)
  await expect(cardIn(page, 'To do', 'Look at me')).toBeVisible()
  await expect(page.getByRole('button', { name: 'New card' })).toBeHidden()
  await page.keyboard.press('n')
  await expect(page.getByRole('textbox', { name: 'New card' })).toBeHidden()
})

test('what was done on the board ran as a workflow that the engine knows as completed', async ({
  page,
  request,
  team,
}) => {
  const cardId = await team.card('Durable')
  await openBoard(page, team, team.ann)
  await cardIn(page, 'To do', 'Durable').focus()
  await page.keyboard.press('Delete')
  await expect
    .poll(() => team.database('outcomes').whereRaw('? = any(card_ids)', [cardId]))
    .toHaveLength(1)
  const outcome = await team
    .database('outcomes')
    .whereRaw('? = any(card_ids)', [cardId])
    .first<{ workflow_id: string; run_id: string }>()

  const { temporal } = (await (await request.get('/ready')).json()) as {
    temporal: { address: string; namespace: string }
  }
  const connection = await Connection.connect({ address: temporal.address })
  const client = new Client({ connection, namespace: temporal.namespace })
  const handle = client.workflow.getHandle(outcome.workflow_id, outcome.run_id)
  await expect.poll(async () => (await handle.describe()).status.name).toBe('COMPLETED')
  await connection.close()
})
