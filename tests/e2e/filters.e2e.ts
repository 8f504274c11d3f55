import type { Page } from '@playwright/test'
import { aBoard, aCard } from '#tests/support/fixtures.ts'
import { cardIn, expect, openBoard, test, type Team } from './team.ts'

const filterField = (page: Page) => page.getByRole('searchbox', { name: 'Filter' })

/** Opens one of the menus that narrow the board, chooses, and closes it. */
async function narrow(page: Page, menu: string, option: string): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: option }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
}

/** One card that has what is filtered for, and one that has nothing. */
async function twoCards(team: Team): Promise<void> {
  const { workspaceId } = team.board
  const place = { card_id: await team.card('Wanted'), workspace_id: workspaceId }
  await team.card('Unwanted')
  await team.database('card_assignees').insert({ ...place, user_id: team.annId })
  await team.database('card_labels').insert({ ...place, label_id: await team.label('Backend') })
  await team.database('cards').where({ id: place.card_id }).update({ due_on: '2020-01-31' })
}

const FILTERS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'by a label': async (page) => narrow(page, 'Label', 'Backend'),
  'by an assignee': async (page) => narrow(page, 'Assignee', 'Ann'),
  'by what is overdue': async (page) => narrow(page, 'Due', 'Overdue'),
  'to one’s own': async (page) => page.getByRole('button', { name: 'Mine' }).click(),
}
for (const [name, filter] of Object.entries(FILTERS)) {
  test(`a board narrowed ${name} shows what matches, also to whoever reloads the address`, async ({
    page,
    team,
  }) => {
    await twoCards(team)
    await openBoard(page, team, team.ann)
    await expect(cardIn(page, 'To do', 'Unwanted')).toBeVisible()
    await filter(page)
    for (const visit of ['at once', 'after a reload']) {
      await expect(cardIn(page, 'To do', 'Unwanted'), visit).toBeHidden()
      await expect(cardIn(page, 'To do', /^Wanted/), visit).toBeVisible()
      await expect(page, visit).toHaveURL(/\?(label|assignee|due)=/)
      await page.reload()
    }
    await page.getByRole('button', { name: 'Clear filter' }).click()
    await expect(cardIn(page, 'To do', 'Unwanted')).toBeVisible()
  })
}

test('a filter and a grouping stay with their board and come back with its address', async ({
  page,
  team,
}) => {
  await team.card('Apples')
  await team.card('Pears')
  const names = { name: 'Roadmap', columns: ['Later'], within: team.board }
  const roadmap = await aBoard(team.database, names)
  await aCard(team.database, roadmap, { title: 'Plums' })
  await openBoard(page, team, team.ann)
  await filterField(page).fill('pear')
  await narrow(page, 'Group: none', 'priority')
  await expect(page).toHaveURL(/\?q=pear&group=priority$/)
  await expect(cardIn(page, 'No priority, To do', 'Apples')).toBeHidden()

  await page.getByRole('link', { name: 'Roadmap' }).click()
  await expect(cardIn(page, 'Later', 'Plums')).toBeVisible()
  await expect(filterField(page)).toHaveValue('')
  await expect(page).toHaveURL(`/boards/${roadmap.boardId}`)

  await page.goBack()
  await expect(cardIn(page, 'No priority, To do', 'Pears')).toBeVisible()
  await expect(cardIn(page, 'No priority, To do', 'Apples')).toBeHidden()
  await expect(filterField(page)).toHaveValue('pear')
  await page.goForward()
  await expect(cardIn(page, 'Later', 'Plums')).toBeVisible()
  await expect(filterField(page)).toHaveValue('')
})

test('words typed just before another board is opened do not follow there', async ({
  page,
  team,
}) => {
  await team.card('Apples')
  const names = { name: 'Roadmap', columns: ['Later'], within: team.board }
  const roadmap = await aBoard(team.database, names)
  await aCard(team.database, roadmap, { title: 'Plums' })
  await openBoard(page, team, team.ann)
  await filterField(page).fill('pear')
  await page.getByRole('link', { name: 'Roadmap' }).click()
  await expect(cardIn(page, 'Later', 'Plums')).toBeVisible()
  await filterField(page).fill('plu')
  await expect(page).toHaveURL(`/boards/${roadmap.boardId}?q=plu`)
  await filterField(page).pressSequentially('ms are ripe', { delay: 60 })
  await expect(filterField(page)).toHaveValue('plums are ripe')
  await page.getByRole('link', { name: 'Roadmap' }).click()
  await expect(filterField(page)).toHaveValue('')
})

test('a new card that the filter hides is told, and shown once the filter is gone', async ({
  page,
  team,
}) => {
  await team.card('Seen')
  await openBoard(page, team, team.ann)
  await page.getByRole('searchbox', { name: 'Filter' }).fill('seen')
  await page.getByRole('button', { name: 'Add card to To do' }).first().click()
  for (const title of ['Also seen', 'Not like it']) {
    await page.keyboard.type(title)
    await page.keyboard.press('Enter')
  }
  await expect(cardIn(page, 'To do', 'Also seen')).toBeVisible()
  await expect(page.locator('p[aria-live=polite]')).toHaveText(
    'Added Not like it. The filter hides the new card',
  )
  const told = page.getByRole('listitem').filter({ hasText: 'The filter hides the new card' })
  await told.getByRole('button', { name: 'Clear filter' }).click()
  await expect(cardIn(page, 'To do', 'Not like it')).toBeVisible()
})
