import type { APIRequestContext, Page } from '@playwright/test'
import { newId } from '#core/kernel/ids.ts'
import { callAs } from './call-as.ts'
import { cardIn, expect, openBoard, test, type Team } from './team.ts'

// Flows that are started by hand, what they ask on the card, and what is done about their runs.
const RUN_LIMIT_MS = 20_000

/** Publishes a flow as Oda; a button on cards starts it. */
async function publish(
  team: Team,
  request: APIRequestContext,
  label: string,
  steps: readonly object[],
): Promise<void> {
  const { database, board, odaId } = team
  const trigger = { type: 'button.card', with: { label } }
  const draft = { schema: 'pf.flow/1', name: label, trigger, steps }
  const home = { workspace_id: board.workspaceId, project_id: board.projectId }
  const id = newId()
  await database('flows').insert({ id, ...home, name: label, draft, created_by: odaId })
  const call = await callAs(request, team.oda)
  await call('POST', `/flows/${id}/publish`, { baseVersion: null, message: 'The first' })
}

/** Asks Ann; on yes the card is done, on no and when nobody answers it goes back with a word. */
const review = ({ board, annId }: Team, timeout: string) => [
  {
    id: 'ask',
    type: 'approval',
    with: { to: [annId], question: 'Ship «{{ card.title }}»?', timeout },
  },
  {
    id: 'answer',
    type: 'branch',
    with: { cases: [{ id: 'yes', when: { field: 'steps.ask.approved', op: 'is', value: true } }] },
    blocks: {
      yes: [{ id: 'on', type: 'card.move', with: { columnId: board.columns['Done'] } }],
      else: [
        { id: 'back', type: 'card.move', with: { columnId: board.columns['To do'] } },
        { id: 'why', type: 'comment.add', with: { text: 'Sent back. {{ steps.ask.comment }}' } },
      ],
    },
  },
]

/** Starts a flow on the card that has the keyboard. */
async function startByKey(page: Page, label: string): Promise<void> {
  await page.keyboard.press('f')
  await expect(page.getByRole('option', { name: label })).toBeVisible()
  await page.keyboard.type(label)
  await page.keyboard.press('Enter')
}

const sentBack = (page: Page, words: string) =>
  expect(page.getByText(words, { exact: true })).toBeVisible({ timeout: RUN_LIMIT_MS })

test('who is asked says no on the card, with a word, and the card goes back', async ({
  page,
  request,
  team,
  openElsewhere,
}) => {
  test.slow()
  await publish(team, request, 'Ask Ann', review(team, 'P2D'))
  await team.card('Tax for digital goods', 'Doing')
  await openBoard(page, team, team.oda)
  await cardIn(page, 'Doing', 'Tax for').focus()
  await startByKey(page, 'Ask Ann')
  await expect(page.getByText('«Ask Ann» is under way.').first()).toBeVisible({
    timeout: RUN_LIMIT_MS,
  })
  await page.getByRole('button', { name: 'Look' }).click()
  await expect(page.getByText('Asked: Ann')).toBeVisible({ timeout: RUN_LIMIT_MS })
  await expect(page.getByText('The button on a card, by Oda')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0)

  const ann = await openElsewhere(team.ann)
  await cardIn(ann, 'Doing', 'Tax for').focus()
  await ann.keyboard.press('Enter')
  const asks = ann.getByRole('region', { name: 'Asked about this card' })
  await expect(asks.getByText('Ship «Tax for digital goods»?')).toBeVisible()
  await asks.getByPlaceholder('A word on it').fill('Not yet.')
  await asks.getByRole('button', { name: 'Refuse' }).click()
  await expect(asks).toHaveCount(0)
  await sentBack(ann, 'Sent back. Not yet.')
  // What the flow writes stands under its own name, and not under Oda's.
  const comment = ann.getByRole('listitem').filter({ hasText: 'Sent back. Not yet.' })
  await expect(comment.getByText('Ask Ann', { exact: true })).toBeVisible()
  await ann.keyboard.press('Escape')
  await expect(cardIn(ann, 'To do', 'Tax for')).toBeVisible()
  await expect(page.getByText('Refused by Ann')).toBeVisible()
})

test('when nobody answers in time the card goes back by itself', async ({
  page,
  request,
  team,
}) => {
  test.slow()
  await publish(team, request, 'Ask Ann', review(team, 'PT2S'))
  await team.card('Tax for digital goods', 'Doing')
  await openBoard(page, team, team.oda)
  await cardIn(page, 'Doing', 'Tax for').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Ask Ann' }).click()
  await sentBack(page, 'Sent back.')
  await page.getByRole('button', { name: 'Actions for this card' }).click()
  await page.getByRole('menuitem', { name: 'Runs of flows' }).click()
  await page.getByRole('link', { name: 'Ask Ann' }).click()
  await expect(page.getByText('Nobody answered', { exact: true }).first()).toBeVisible()
})

/** The designer shows how the run went, on each step, and tries the flow on what set it off. */
async function replays(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'See it in the designer' }).click()
  const panel = page.getByRole('complementary', { name: 'What is chosen' })
  const step = (name: string) => page.locator('[data-step]').filter({ hasText: name })
  await expect(panel.getByText('So it went in the run.')).toBeVisible()
  await expect(step('HTTP request')).toContainText('fails')
  await expect(step('Comment')).toContainText('done')
  await expect(panel.getByText('does not allow crm')).toBeVisible()
  await panel.getByRole('button', { name: 'Try the flow' }).click()
  await expect(panel.getByText('It would come to its end.')).toBeVisible({ timeout: RUN_LIMIT_MS })
  await expect(step('HTTP request')).toContainText('held back')
  await page.goBack()
}

test('runs are cancelled together, and one that failed is begun again at a step', async ({
  page,
  request,
  team,
}) => {
  test.slow()
  await publish(team, request, 'Ask Ann', review(team, 'P2D'))
  await publish(team, request, 'Tell them', [
    { id: 'say', type: 'comment.add', with: { text: 'On its way.' } },
    { id: 'post', type: 'http.request', with: { url: 'https://crm.example.com/cards' } },
  ])
  for (const title of ['First', 'Second']) await team.card(title, 'Doing')
  await openBoard(page, team, team.oda)
  await cardIn(page, 'Doing', 'First').focus()
  for (const key of ['x', 'ArrowDown', 'x']) await page.keyboard.press(key)
  await startByKey(page, 'Ask Ann')
  await page.getByRole('button', { name: 'Look' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'waiting' })).toHaveCount(2)
  await page.getByRole('checkbox', { name: 'Choose all runs shown' }).check()
  await page.getByRole('button', { name: 'Cancel …' }).click()
  await page.getByRole('button', { name: 'Cancel 2 runs' }).click()
  await expect(page.getByText('2 runs are being cancelled.')).toBeVisible()
  const ended = async () =>
    await team.database('flow_runs').where({ project_id: team.board.projectId }).pluck('status')
  await expect.poll(ended, { timeout: RUN_LIMIT_MS }).toEqual(['cancelled', 'cancelled'])

  await page.goto(`/boards/${team.board.boardId}`)
  await cardIn(page, 'Doing', 'First').focus()
  await startByKey(page, 'Tell them')
  await page.getByRole('button', { name: 'Look' }).click()
  await expect(page.getByText('does not allow crm')).toHaveCount(2, {
    timeout: RUN_LIMIT_MS,
  })
  await replays(page)
  await page.getByRole('button', { name: 'HTTP request' }).click()
  await page.getByRole('button', { name: 'Begin again here' }).click()
  await page.getByRole('button', { name: 'Begin', exact: true }).click()
  await page.getByRole('link', { name: 'the run it begins again' }).click()
  await expect(page.getByRole('button', { name: 'Comment' })).toBeVisible()
  await page.goBack()
  // What was done before that step was not done again.
  await expect(page.getByText('failed').first()).toBeVisible({ timeout: RUN_LIMIT_MS })
  await expect(page.getByRole('button', { name: 'Comment' })).toHaveCount(0)

  await page.goto(`/projects/${team.board.projectId}/connections`)
  await page.getByRole('button', { name: 'Allow crm.example.com' }).click()
  await expect(page.getByRole('button', { name: 'Take off crm.example.com' })).toBeVisible()
})
