import type { Locator, Page } from '@playwright/test'
import { cardIn, expect, openBoard, test, type Team } from './team.ts'

// «When a card enters Review, ask Ann; on yes move it to Done, on no or after two days move it back
// and comment»: drawn once by mouse alone and once by keyboard alone, published, and seen to work.
const TABS_MAX = 80

/** A column called Review, and cards to be reviewed. */
async function prepare(team: Team): Promise<void> {
  const { database, board } = team
  await database('columns').where({ id: board.columns['Doing']! }).update({ name: 'Review' })
  await team.card('Tax for digital goods')
  await team.card('Shipped by hand')
}

async function publishes(page: Page): Promise<void> {
  await expect(page.getByText('Version 1 is published').first()).toBeVisible()
}

/** Ann answers in her inbox, and what was drawn happens on the board. */
async function works(page: Page, team: Team, ann: Page): Promise<void> {
  await page.goto(`/boards/${team.board.boardId}`)
  await cardIn(page, 'To do', 'Tax for').focus()
  await page.keyboard.press('m')
  await page.keyboard.type('Review')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'A flow waits on this card' })).toBeVisible({
    timeout: 20_000,
  })
  await ann.goto('/inbox')
  await expect(ann.getByText('Ship «Tax for digital goods»?').first()).toBeVisible()
  await ann.getByPlaceholder('A word on it').fill('Looks right.')
  await ann.getByRole('button', { name: 'Approve' }).click()
  await expect(cardIn(page, 'Done', 'Tax for')).toBeVisible()
}

/** A card is moved to Review before anybody has drawn a flow. */
async function hasHappened(page: Page): Promise<void> {
  await cardIn(page, 'To do', 'Shipped by').focus()
  await page.keyboard.press('m')
  await page.keyboard.type('Review')
  await page.keyboard.press('Enter')
  await expect(cardIn(page, 'Review', 'Shipped by')).toBeVisible()
}

/** That move, of before there was a flow, shows what the flow would have done; nothing is done. */
async function triesOut(page: Page, { database, board }: Team): Promise<void> {
  const panel = page.getByRole('complementary', { name: 'What is chosen' })
  const line = (text: string) => panel.getByRole('listitem').filter({ hasText: text })
  await page.getByRole('button', { name: 'Try it' }).click()
  await expect(panel.getByRole('button', { name: /Shipped by hand Oda/ })).toBeVisible()
  await panel.getByRole('button', { name: 'Try the flow' }).click()
  await expect(panel.getByText('It would come to its end.')).toBeVisible({ timeout: 20_000 })
  await expect(line('Move the card')).toContainText('to Done')
  await expect(line('Send a webhook')).toContainText('held back')
  await expect(page.locator('[data-step]').filter({ hasText: 'Comment' })).toContainText(
    'not come to',
  )

  await panel.getByLabel('Ask for approval').selectOption('nobody answers')
  await panel.getByRole('button', { name: 'Try the flow' }).click()
  await expect(line('Comment')).toContainText('Sent back.')
  await expect(line('Send a webhook')).toHaveCount(0)

  await page.locator('[data-step]').filter({ hasText: 'Comment' }).click()
  await panel.getByLabel('Text').fill('Sent back: {{ card.title }}')
  await panel.getByRole('button', { name: 'Try this step alone' }).click()
  await expect(panel.getByText('Sent back: Shipped by hand').first()).toBeVisible({
    timeout: 20_000,
  })
  await panel.getByLabel('Text').fill('Sent back.')
  const { projectId: project_id } = board
  expect(await database('webhook_deliveries').where({ project_id }).pluck('id')).toEqual([])
  expect(await database('comments').where({ workspace_id: board.workspaceId }).pluck('id')).toEqual(
    [],
  )
}

/** The message to the other system is kept until it takes it. */
async function posts({ database, board }: Team): Promise<void> {
  const { projectId: project_id } = board
  const sent = async () => await database('webhook_deliveries').where({ project_id }).pluck('url')
  await expect.poll(sent).toEqual(['https://hooks.example.com/released'])
}

test('a flow is drawn by mouse, published, and does what it says', async ({
  page,
  team,
  openElsewhere,
}) => {
  test.slow()
  await prepare(team)
  await openBoard(page, team, team.oda)
  await hasHappened(page)
  await page.getByRole('button', { name: 'Actions for Team' }).first().click()
  await page.getByRole('menuitem', { name: 'Automations' }).click()
  await page.getByRole('button', { name: 'New flow' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Review gate')
  await page.getByRole('button', { name: 'Draw it' }).click()

  const form = page.getByRole('complementary', { name: 'What is chosen' })
  const add = async (place: string, step: string) => {
    await page.getByRole('button', { name: place, exact: true }).click()
    await page.getByRole('option', { name: step, exact: true }).click()
  }
  await form.getByRole('button', { name: 'Add to To columns' }).click()
  await page.getByRole('menuitem', { name: 'Review' }).click()

  await add('Add the first step', 'Ask for approval')
  await form.getByRole('button', { name: 'Add to Who may approve' }).click()
  await page.getByRole('menuitem', { name: 'Ann' }).click()
  await form.getByLabel('Question').fill('Ship «»?')
  await form.getByLabel('Question').press('Home')
  for (let at = 0; at < 6; at += 1) await form.getByLabel('Question').press('ArrowRight')
  await form.getByRole('button', { name: 'Use data' }).click()
  await page.getByRole('option', { name: 'Title card.title' }).click()
  await expect(form.getByLabel('Question')).toHaveValue('Ship «{{ card.title }}»?')
  await form.getByLabel('Give up after', { exact: true }).fill('2')

  await add('Add a step after Ask for approval', 'Branch')
  await form.getByRole('button', { name: 'Add a case' }).click()
  await form.getByLabel('Name of case 1').fill('yes')
  await form.getByRole('button', { name: 'Add a test' }).click()
  await expect(form.getByLabel('Value of test 1')).toHaveValue('steps.approval.approved')

  await add('Add the first step of «yes»', 'Move the card')
  await form.getByLabel('Column').selectOption('Done')
  await add('Add a step after Move the card', 'Send a webhook')
  await form.getByLabel('Address').fill('https://hooks.example.com/released')
  await add('Add the first step of «otherwise»', 'Move the card')
  await form.getByLabel('Column').selectOption('To do')
  await page.getByRole('button', { name: 'Add a step after Move the card' }).last().click()
  await page.getByRole('option', { name: 'Comment', exact: true }).click()
  await form.getByLabel('Text').fill('Sent back.')

  await triesOut(page, team)
  await page.getByRole('button', { name: 'Publish …' }).click()
  await expect(
    page.getByRole('dialog').getByText('may not ask hooks.example.com yet'),
  ).toBeVisible()
  await page.getByLabel('What has changed').fill('The first gate')
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await publishes(page)
  await works(page, team, await openElsewhere(team.ann))
  await posts(team)

  await page.goto(`/projects/${team.board.projectId}/runs`)
  await page.getByRole('link', { name: 'Review gate' }).click()
  await expect(page.getByText('Approved by Ann')).toBeVisible()
  await page.getByRole('button', { name: 'Move the card' }).click()
  await expect(page.getByRole('heading', { name: 'Gave' })).toBeVisible()
})

/** Goes on with the tabulator until something has the keyboard. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let count = 0; count < TABS_MAX; count += 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

test('the same is drawn by keyboard alone, with what was wrong undone', async ({ page, team }) => {
  test.slow()
  await prepare(team)
  await openBoard(page, team, team.oda)
  const { keyboard } = page
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const card = (name: string) => page.locator('[data-step]').filter({ hasText: name }).last()
  const choose = async (name: string) => {
    await expect(page.getByRole('combobox', { name: 'Find a step' })).toBeFocused()
    await keyboard.type(name)
    await keyboard.press('Enter')
  }
  /** From the form back to the step it is of. */
  const back = async (name: string) => {
    await keyboard.press('Escape')
    await expect(card(name)).toBeFocused()
  }

  await keyboard.press('Control+k')
  await keyboard.type('Automations')
  await expect(page.getByRole('option', { name: 'Automations' })).toBeVisible()
  await keyboard.press('Enter')
  await expect(page.getByText('Let the board do it')).toBeVisible()
  await tabTo(page, button('New flow'))
  await keyboard.press('Enter')
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await keyboard.type('Review gate')
  await keyboard.press('Enter')

  await expect(card('A card is moved')).toBeVisible()
  await expect(card('A card is moved')).toBeFocused()
  await keyboard.press('Enter')
  await tabTo(page, button('Add to To columns: Choose …'))
  await keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'To do' })).toBeFocused()
  await keyboard.type('Rev')
  await keyboard.press('Enter')
  await expect(button('Add to To columns')).toBeFocused()
  await back('A card is moved')

  await keyboard.press('a')
  await choose('approval')
  await expect(button('Add to Who may approve: Choose …')).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Ann' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(button('Add to Who may approve')).toBeFocused()
  await tabTo(page, page.getByLabel('Question'))
  await keyboard.type('Ship it?')
  await tabTo(page, page.getByLabel('Give up after', { exact: true }))
  await keyboard.type('2')
  await back('Ask for approval')

  await keyboard.press('a')
  await choose('stop')
  await back('Stop')
  await keyboard.press('Control+z')
  await expect(card('Stop')).toHaveCount(0)

  await tabTo(page, card('Ask for approval'))
  await keyboard.press('a')
  await choose('branch')
  await expect(button('Add a case')).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.getByLabel('Name of case 1')).toBeFocused()
  await keyboard.type('yes')
  await tabTo(page, button('Add a test'))
  await keyboard.press('Enter')
  await expect(page.getByLabel('Value of test 1')).toBeFocused()
  await back('Branch')

  await keyboard.press('a')
  await choose('move the')
  await expect(page.getByLabel('Column')).toBeFocused()
  await keyboard.type('Done')
  await back('Move the card')
  await keyboard.press('ArrowUp')
  await expect(card('Branch')).toBeFocused()
  await keyboard.press('a')
  await choose('move the')
  await keyboard.type('To do')
  await back('Move the card')
  await keyboard.press('a')
  await choose('comment')
  await keyboard.type('Sent back.')

  await tabTo(page, button('Publish …'))
  await keyboard.press('Enter')
  await expect(page.getByLabel('What has changed')).toBeFocused()
  await keyboard.type('The first gate')
  await keyboard.press('Enter')
  await publishes(page)
})

/** Oda asks Ann about a step, who is told of it, hears it at once and settles it; it outlives the step. */
async function talk(page: Page, ann: Page): Promise<void> {
  const step = (where: Page, text: string) => where.locator('[data-step]').filter({ hasText: text })
  const comments = (where: Page) => where.getByRole('region', { name: 'Comments' })
  await step(page, 'All is there.').click()
  const field = comments(page).getByRole('textbox', { name: 'Write a comment' })
  await field.fill('Too much, @An')
  await page.getByRole('option', { name: 'Ann' }).click()
  await field.press('Control+Enter')
  await expect(comments(page).getByText('Too much, @Ann')).toBeVisible()

  await expect(step(ann, 'All is there.')).toContainText('one open comment')
  await expect(ann.getByText('You were mentioned').first()).toBeVisible({ timeout: 20_000 })
  await ann.getByRole('button', { name: 'Open', exact: true }).click()
  await comments(ann).getByRole('button', { name: 'Settle' }).click()
  await expect(comments(page).getByText('settled by Ann')).toBeVisible()
  await expect(step(page, 'All is there.')).not.toContainText('open comment')
  await step(page, 'All is there.').focus()
  await page.keyboard.press('Delete')
  await step(ann, 'A card is created').click()
  await expect(comments(ann).getByText('On steps that were taken out')).toBeVisible()
  await expect(comments(ann).getByText('Too much, @Ann')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(step(ann, 'All is there.')).toBeVisible()
}

test('two draw one flow at once and lose nothing of each other; the diff names both, and it is deleted', async ({
  page,
  team,
  openElsewhere,
}) => {
  test.slow()
  const ann = await openElsewhere(team.ann)
  await openBoard(page, team, team.oda)
  await page.goto(`/projects/${team.board.projectId}/automations`)
  await page.getByRole('button', { name: 'New flow' }).click()
  await page.getByLabel('Find a template').fill('Definition of done')
  await page.getByRole('radio', { name: /Definition of done/ }).check()
  await page.getByRole('button', { name: 'Draw it' }).click()
  const step = (where: Page, text: string) => where.locator('[data-step]').filter({ hasText: text })
  await expect(step(page, 'Tested')).toBeVisible()
  await ann.goto(page.url())
  await expect(page.getByRole('group', { name: 'Also here' }).getByTitle('Ann')).toBeVisible()

  await step(ann, 'Tested').click()
  await ann.getByLabel('Text').fill('Tested by two')
  await expect(step(page, 'Tested by two')).toBeVisible()
  await step(page, 'Documented').click()
  await page.getByLabel('Text').fill('Documented by Oda')
  await page.getByRole('button', { name: 'Add a step after Add a checklist item' }).last().click()
  await page.getByRole('option', { name: 'Comment', exact: true }).click()
  await page.getByLabel('Text').fill('All is there.')
  await expect(step(ann, 'All is there.')).toBeVisible()
  await expect(step(ann, 'Documented by Oda')).toBeVisible()
  await expect(step(page, 'Tested by two')).toBeVisible()

  await ann.getByRole('button', { name: 'Undo' }).click()
  await expect(step(page, 'Tested by two')).toHaveCount(0)
  await expect(step(page, 'All is there.')).toBeVisible()
  await ann.getByRole('button', { name: 'Redo' }).click()
  await expect(step(page, 'Tested by two')).toBeVisible()
  await talk(page, ann)
  await page.getByRole('button', { name: 'Publish …' }).click()
  const changes = page.getByRole('list', { name: 'Changes' }).getByRole('listitem')
  await expect(changes.filter({ hasText: 'Ann' })).toHaveCount(1)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'More of the flow' }).click()
  await page.getByRole('menuitem', { name: 'Delete the flow' }).click()
  await page.getByRole('button', { name: 'Delete, let its runs finish' }).click()
  await expect(page.getByText('Let the board do it')).toBeVisible()
})
