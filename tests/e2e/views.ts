import { zstdCompressSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import type { Knex } from 'knex'
import * as Y from 'yjs'
import { newId } from '#core/kernel/ids.ts'
import { draftOf } from '#core/contracts/flows/template.ts'
import { flowTemplates } from '#core/contracts/flows/templates/index.ts'
import { invitationHash, newInvitationToken } from '#activities/rbac/invitation-token.ts'
import { changePlainText } from '#activities/texts/text-lines.ts'
import { aBoard, aWorkspace, type SomeBoard } from '#tests/support/fixtures.ts'
import { aFlowOfCode } from './a-flow-of-code.ts'
import { cardIn, expect, type Team } from './team.ts'

interface Visitor {
  readonly page: Page
  readonly team: Team
  readonly openElsewhere: (email: string) => Promise<Page>
}

type Visit = (visitor: Visitor) => Promise<void>

/** What the visits below start from: five cards, and a column that takes no more. */
export async function prepare(team: Team): Promise<void> {
  await team.card('A card')
  await team.card('Archive me')
  await team.card('Already here', 'Doing')
  await team.card('Looked back at')
  await team.card('To be reviewed')
  await team.label('Backend')
  const full = { wip_limit: 1, wip_mode: 'block' }
  await team.database('columns').where({ id: team.board.columns['Doing']! }).update(full)
}

/** The token of an invitation to an address. */
async function anInvitation(team: Team, email = `${newId()}@example.com`): Promise<string> {
  const { database } = team
  const { workspaceId, ownerId } = await aWorkspace(database, 'Globex')
  const token = newInvitationToken(workspaceId)
  await database('invitations').insert({
    id: newId(),
    workspace_id: workspaceId,
    email,
    role: 'member',
    invited_by: ownerId,
    expires_at: new Date(Date.now() + 86_400_000),
    token_hash: invitationHash(token),
  })
  return token
}

/** A text of one line, as it is stored: as a change, or packed. */
function aText(words: string, isPacked = false): Uint8Array {
  const doc = new Y.Doc()
  changePlainText(doc, words)
  return Buffer.from(isPacked ? Y.encodeStateAsUpdateV2(doc) : Y.encodeStateAsUpdate(doc))
}

/** On a phone the side bar is behind a button. */
async function showSideBar(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Menu', exact: true })
  if (await button.isVisible()) await button.click()
}

async function openCard(page: Page): Promise<void> {
  await cardIn(page, 'To do', 'A card').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeVisible()
}

/** A published flow with a run that waits for Oda's answer. */
async function aRunThatAsks({ database, board, odaId }: Team) {
  const { workspaceId: workspace_id, projectId: project_id } = board
  const [flowId, runId] = [newId(), newId()]
  const { id: cardId } = await database('cards')
    .where({ board_id: board.boardId, title: 'To be reviewed' })
    .first('id')
  const choices = { review: board.columns['Doing']!, doing: '', done: '', lead: odaId }
  const content = {
    ...draftOf(flowTemplates['approval-before-done']!, choices),
    name: 'Review gate',
  }
  const home = { workspace_id, project_id, flow_id: flowId }
  await database('flows').insert({
    id: flowId,
    workspace_id,
    project_id,
    name: 'Review gate',
    draft: content,
    published: 1,
    active: true,
    actor_id: await aBot(database, board, 'Review gate'),
    created_by: odaId,
  })
  const hash = Buffer.from(flowId)
  const definition = { ...content, onFailure: [] }
  const made = { version: 1, definition, hash, message: 'First', published_by: odaId }
  await database('flow_versions').insert({ ...home, ...made })
  await database('flow_runs').insert({
    id: runId,
    ...home,
    version: 1,
    cause: runId,
    card_id: cardId,
  })
  const said = { id: newId(), step_id: 'answer', author_id: odaId, body: 'Why two?' }
  await database('flow_comments').insert({ ...home, ...said })
  const step = { step_id: 'ask', type: 'approval', label: 'ask', status: 'running' }
  const given = { input: { question: 'Is it done?' }, started_at: new Date() }
  await database('flow_steps').insert({ ...home, run_id: runId, key: 'ask', ...step, ...given })
  await database('flow_approvals').insert({
    ...home,
    run_id: runId,
    key: 'ask',
    card_id: cardId,
    question: 'Is it done?',
    approvers: [odaId],
    deadline: new Date(Date.now() + 86_400_000),
  })
  return { flowId, runId }
}

/** Ends a run as one that could be begun again at any step. */
async function fail({ database }: Team, id: string): Promise<void> {
  const ended_at = new Date()
  const input = {
    trigger: { type: 'card.moved', at: ended_at, actorId: null, to: 'Review' },
    chain: [],
  }
  const error = { code: 'flow.gave_up', message: 'So it is.', step: 'ask' }
  const row = { status: 'failed', error, input, state: {}, ended_at }
  await database('flow_runs').where({ id }).update(row)
  await database('flow_steps').where({ run_id: id }).update({ status: 'failed', error, ended_at })
}

/** Every page there is, and how one comes to it from the board. */
export const PAGES: Readonly<Record<string, Visit>> = {
  'the board': async () => {},
  'the board by assignee': async ({ page }) => {
    await page.getByRole('button', { name: 'Group' }).click()
    await page.getByText('assignee', { exact: true }).click()
    await page.keyboard.press('Escape')
  },
  'a board without cards': async ({ page, team }) => {
    const { boardId } = await aBoard(team.database, { within: team.board })
    await page.goto(`/boards/${boardId}`)
    await expect(page.getByText('This board has no cards yet')).toBeVisible()
  },
  'a filter that hides all': async ({ page, team }) => {
    await page.goto(`/boards/${team.board.boardId}?q=nothing-is-called-so`)
    await expect(page.getByText('No card matches the filter')).toBeVisible()
  },
  'an archived board': async ({ page, team }) => {
    const { boardId } = await aBoard(team.database, { within: team.board })
    await team.database('boards').where({ id: boardId }).update({ archived_at: new Date() })
    await page.goto(`/boards/${boardId}`)
    await expect(page.getByText('This board is archived')).toBeVisible()
  },
  'a board that is not there': async ({ page }) => {
    await page.goto(`/boards/${newId()}`)
    await expect(page.getByRole('alert')).toBeVisible()
  },
  'a card': async ({ page, team }) => {
    await page.goto(`/boards/${team.board.boardId}?card=${await team.card('Open me')}`)
    await expect(page.getByRole('textbox').first()).toBeVisible()
  },
  'a project': async ({ page, team }) => {
    await page.goto(`/projects/${team.board.projectId}`)
    await expect(page.getByText('Labels')).toBeVisible()
  },
  'the projects': async ({ page }) => {
    await page.goto('/')
    await expect(page.getByRole('button', { name: 'Search' }).first()).toBeVisible()
  },
  'the members': async ({ page }) => {
    await page.goto('/members')
    await expect(page.getByRole('button', { name: 'role of Vic' })).toBeVisible()
  },
  'the profile': async ({ page }) => {
    await page.goto('/profile')
    await expect(page.getByLabel('E-mail: A card of yours is due')).toBeVisible()
  },
  'the end of letters': async ({ page }) => {
    await page.goto('/unsubscribe#token')
    await page.getByRole('button', { name: 'No more such letters' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  'the workspaces': async ({ page, team }) => {
    const row = { id: newId(), name: 'Gone', deleted_at: new Date(), restorable_by: [team.odaId] }
    await team.database('workspaces').insert(row)
    await page.goto('/workspaces')
    await expect(page.getByRole('button', { name: 'Restore Gone' })).toBeVisible()
  },
  'who is invited': async ({ page, team }) => {
    const { database, board } = team
    const invited = { workspace_id: board.workspaceId, role: 'member', invited_by: team.odaId }
    const [soon, before] = [new Date(Date.now() + 86_400_000), new Date(Date.now() - 86_400_000)]
    await database('invitations').insert([
      { ...invited, id: newId(), email: `${newId()}@example.com`, expires_at: soon },
      { ...invited, id: newId(), email: 'old@example.com', expires_at: before, sent_at: before },
      {
        ...invited,
        id: newId(),
        email: 'lost@example.com',
        expires_at: soon,
        invited_by: team.annId,
      },
    ])
    await page.goto('/members')
    await expect(page.getByText('over since')).toBeVisible()
  },
  'an invitation that is over': async ({ page }) => {
    await page.goto('/invitation#none')
    await expect(page.getByRole('alert')).toBeVisible()
  },
  'an invitation to somebody else': async ({ page, team }) => {
    await page.goto(`/invitation#${await anInvitation(team)}`)
    await expect(page.getByRole('button', { name: 'Make the account' })).toBeVisible()
  },
  'an invitation to oneself': async ({ page, team }) => {
    await page.goto(`/invitation#${await anInvitation(team, team.oda)}`)
    await expect(page.getByRole('button', { name: 'Accept' })).toBeVisible()
  },
  'who may do what in a project': async ({ page, team }) => {
    const { workspaceId: workspace_id, projectId: project_id } = team.board
    const { id } = await team.database('users').where({ email: team.ann }).first('id')
    const home = { workspace_id, project_id }
    await team.database('project_roles').insert({ ...home, user_id: id, role: 'viewer' })
    await page.goto(`/projects/${project_id}/people`)
    await expect(page.getByRole('button', { name: 'role of Ann' })).toBeVisible()
  },
  'the account': async ({ page }) => {
    await page.goto('/account')
    await expect(page.getByText('This browser')).toBeVisible()
  },
  'the audit': async ({ page }) => {
    await page.goto('/audit')
    await page.getByRole('listitem').filter({ hasText: 'audit.read' }).getByRole('button').click()
  },
  'the empty inbox': async ({ page }) => {
    await page.goto('/inbox')
    await expect(page.getByText('You are all caught up')).toBeVisible()
  },
  'the inbox': async ({ page, team }) => {
    const { database, board } = team
    for (const kind of ['assigned', 'mentioned', 'commented', 'due']) {
      const cardId = await team.card(`News of ${kind}`)
      await database('notifications').insert({
        id: newId(),
        workspace_id: board.workspaceId,
        user_id: team.odaId,
        kind,
        board_id: board.boardId,
        card_id: cardId,
        excerpt: kind === 'due' ? '2026-11-26' : 'What it is about',
        effect_key: newId(),
      })
    }
    await page.goto('/inbox')
    await expect(page.getByText('News of due')).toBeVisible()
  },
  'no automations yet': async ({ page, team }) => {
    await page.goto(`/projects/${team.board.projectId}/automations`)
    await expect(page.getByText('Let the board do it')).toBeVisible()
  },
  'the automations': async ({ page, team }) => {
    await aRunThatAsks(team)
    await page.goto(`/projects/${team.board.projectId}/automations`)
    await expect(page.getByText('A card is moved')).toBeVisible()
  },
  'the designer': async ({ page, team }) => {
    const { flowId } = await aRunThatAsks(team)
    await page.goto(`/flows/${flowId}`)
    await page.locator('[data-step="answer"]').click()
    await expect(page.getByRole('button', { name: 'Add a case' })).toBeVisible()
    await expect(page.getByText('Why two?')).toBeVisible()
  },
  'code in the designer': async ({ page, team }) => {
    await page.goto(`/flows/${await aFlowOfCode(team, 'return 1')}`)
    await page.locator('[data-step="run"]').click()
    const plain = page.getByRole('textbox', { name: 'Code', exact: true })
    await expect(plain.or(page.locator('iframe:visible'))).toBeVisible()
  },
  'trying a flow': async ({ page, team }) => {
    const { flowId } = await aRunThatAsks(team)
    await page.goto(`/flows/${flowId}`)
    await page.getByRole('button', { name: 'Try it' }).click()
    await expect(page.getByText('as if it happened now')).toBeVisible()
  },
  'the runs': async ({ page, team }) => {
    await aRunThatAsks(team)
    await page.goto(`/projects/${team.board.projectId}/runs`)
    await expect(page.getByRole('link', { name: 'Review gate' }).first()).toBeVisible()
  },
  'a run that asks': async ({ page, team }) => {
    const { runId } = await aRunThatAsks(team)
    await page.goto(`/runs/${runId}`)
    await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible()
    await page.getByRole('button', { name: 'Ask for approval' }).click()
  },
  'a run that has failed': async ({ page, team }) => {
    const { runId } = await aRunThatAsks(team)
    await fail(team, runId)
    await page.goto(`/runs/${runId}`)
    await page.getByRole('button', { name: 'Ask for approval' }).click()
    await expect(page.getByRole('button', { name: 'Begin again here' })).toBeVisible()
  },
  'what flows connect to': async ({ page, team }) => {
    const { database, board, odaId } = team
    await aRunThatAsks(team)
    const { id: run_id, flow_id } = await database('flow_runs')
      .where({ project_id: board.projectId })
      .first()
    const home = { workspace_id: board.workspaceId, project_id: board.projectId }
    await database('egress_hosts').insert({ ...home, host: 'api.example.com', added_by: odaId })
    const secret = { id: newId(), name: 'CRM_TOKEN', value: Buffer.from('x'), created_by: odaId }
    await database('flow_secrets').insert({ ...home, ...secret })
    const sent = { id: newId(), url: 'https://a.example', body: {}, status: 'dead', answer: '503' }
    await database('webhook_deliveries').insert({ ...home, flow_id, run_id, ...sent })
    await page.goto(`/projects/${board.projectId}/connections`)
    await expect(page.getByRole('button', { name: 'Send again: ' })).toBeVisible()
    await expect(page.getByText('CRM_TOKEN', { exact: true })).toBeVisible()
  },
  'an address where nothing is': async ({ page }) => {
    await page.goto('/nowhere')
    await expect(page.getByRole('heading').first()).toBeVisible()
  },
}

const PICKERS = { M: 'Move to', L: 'Labels', A: 'Assign to', P: 'Priority', D: 'Due' }

const pickers = Object.entries(PICKERS).map(([key, name]): [string, Visit] => [
  `the list that ${key} opens`,
  async ({ page }) => {
    await cardIn(page, 'To do', 'A card').focus()
    await page.keyboard.press(key.toLowerCase())
    await expect(page.getByRole('dialog', { name })).toBeVisible()
  },
])

/** Everything that floats above a board or opens within it. */
export const OVERLAYS: Readonly<Record<string, Visit>> = {
  ...Object.fromEntries(pickers),
  'a card that a flow asks about': async ({ page, team }) => {
    await aRunThatAsks(team)
    await page.goto(`/boards/${team.board.boardId}`)
    await cardIn(page, 'To do', 'To be reviewed').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Asked about this card' })).toBeVisible()
  },
  'runs to be cancelled': async ({ page, team }) => {
    await aRunThatAsks(team)
    await page.goto(`/projects/${team.board.projectId}/runs`)
    await page.getByRole('checkbox', { name: 'Choose the run of Review gate' }).first().check()
    await page.getByRole('button', { name: 'Cancel …' }).click()
    await expect(page.getByText('Each ends at its next step')).toBeVisible()
  },
  'a run to be begun again': async ({ page, team }) => {
    const { runId } = await aRunThatAsks(team)
    await fail(team, runId)
    await page.goto(`/runs/${runId}`)
    await page.getByRole('button', { name: 'Retry where it failed' }).click()
    await expect(page.getByLabel('From', { exact: true })).toBeVisible()
  },
  'the palette': async ({ page }) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('card')
  },
  'the keys': async ({ page }) => await page.keyboard.press('?'),
  'the keys that follow a G': async ({ page }) => {
    await page.keyboard.press('g')
    await expect(page.getByText('Go to the projects')).toBeVisible()
  },
  'the menu of the workspace': async ({ page }) => {
    await showSideBar(page)
    await page.getByRole('button', { name: 'Acme' }).click()
    await expect(page.getByRole('menuitemradio', { name: 'Compact' })).toBeVisible()
  },
  'the menu of the board': async ({ page }) => {
    await page.getByRole('button', { name: 'Actions for Team' }).first().click()
    await expect(page.getByRole('menu')).toBeVisible()
  },
  'the menu of a column': async ({ page }) => {
    await page.getByRole('button', { name: 'Actions for column To do' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
  },
  'the menu of a card': async ({ page }) => {
    await openCard(page)
    await page.getByRole('button', { name: 'Actions for this card' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
  },
  'the menu of a filter': async ({ page }) => {
    await page.getByRole('button', { name: 'Label' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
  },
  'a new card': async ({ page }) => {
    await page.keyboard.press('n')
    await page.keyboard.type('Buy milk #Backend @bob !1 tomorrow')
    await expect(page.getByText('Urgent')).toBeVisible()
  },
  'the limit of a column': async ({ page }) => {
    await page.getByRole('button', { name: 'Actions for column To do' }).click()
    await page.getByRole('menuitem', { name: 'Limit cards' }).click()
    await expect(page.getByRole('spinbutton', { name: 'Cards at most' })).toBeVisible()
  },
  'whom to invite': async ({ page }) => {
    await page.goto('/members')
    await page.getByRole('button', { name: 'Invite people' }).click()
    await page.getByLabel('E-mail addresses').fill('ann')
    await page.getByRole('button', { name: 'Send the invitations' }).click()
    await expect(page.getByRole('alert')).toContainText('Not an e-mail address: ann')
  },
  'whom to sign out': async ({ page, team }) => {
    await team.database('operators').insert({ user_id: team.odaId }).onConflict().ignore()
    await page.goto('/admin/log')
    await page.getByRole('button', { name: 'Sign somebody out' }).click()
    await page.getByLabel('E-mail address').fill('nobody@example.com')
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  'what was put away': async ({ page, team }) => {
    const cardId = await team.card('Put away')
    await team.database('cards').where({ id: cardId }).update({ archived_at: new Date() })
    await page.getByRole('button', { name: 'Actions for Team' }).first().click()
    await page.getByRole('menuitem', { name: 'Archived and deleted' }).click()
    await expect(page.getByRole('button', { name: 'Put away' })).toBeVisible()
  },
  'an earlier description': async ({ page, team }) => {
    const { workspaceId: workspace_id, boardId: board_id } = team.board
    const looked = { board_id, title: 'Looked back at' }
    const { id: card_id } = await team.database('cards').where(looked).first('id')
    const home = { card_id, workspace_id }
    await team.database('crdt_docs').insert({ ...home, begun: true, seq: 1 })
    const bytes = aText('Now')
    await team.database('crdt_updates').insert({ ...home, seq: 1, bytes, user_id: team.odaId })
    const snapshot = zstdCompressSync(aText('As it was', true))
    const version = { id: newId(), seq: 0, snapshot, author_ids: [team.annId] }
    await team.database('crdt_history').insert({ ...home, ...version })
    await cardIn(page, 'To do', 'Looked back at').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Actions for this card' }).click()
    await page.getByRole('menuitem', { name: 'Earlier descriptions' }).click()
    await expect(page.getByRole('button', { name: 'Bring back' })).toBeVisible()
  },
  'a new project': async ({ page }) => {
    await showSideBar(page)
    await page.getByRole('button', { name: 'New project' }).click()
    await expect(page.getByRole('textbox', { name: 'Key' })).toBeVisible()
  },
  'two versions of a title': async ({ page, team, openElsewhere }) => {
    await openCard(page)
    await page.getByRole('textbox', { name: 'Title' }).fill('A card, as Oda calls it')
    const other = await openElsewhere(team.bob)
    await cardIn(other, 'To do', 'A card').focus()
    await other.keyboard.press('e')
    await other.keyboard.type('A card, as Bob calls it')
    await other.keyboard.press('Enter')
    await expect(cardIn(page, 'To do', 'as Bob calls it')).toBeAttached()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Somebody else changed' })).toBeVisible()
  },
  'a change that can be taken back': async ({ page }) => {
    await cardIn(page, 'To do', 'Archive me').focus()
    await page.keyboard.press('Delete')
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  },
  'a change that was refused': async ({ page }) => {
    await cardIn(page, 'To do', 'A card').focus()
    await page.keyboard.press('m')
    await page.getByRole('option', { name: 'Doing' }).click()
    await expect(page.getByText('The change was not saved').first()).toBeVisible()
  },
  // The last: what waits goes with the browser to wherever it goes next.
  'what waits for the network': async ({ page }) => {
    await page.route('**/cards/*/archive', async (route) => await route.abort())
    await cardIn(page, 'To do', 'A card').focus()
    await page.keyboard.press('Delete')
    await page.getByRole('button', { name: 'Look' }).click()
    await expect(page.getByRole('dialog', { name: '1 change is kept here' })).toBeVisible()
  },
}

/** The bot of a flow of the board's project. */
async function aBot(
  database: Knex,
  { workspaceId: workspace_id, projectId: project_id }: SomeBoard,
  name: string,
): Promise<string> {
  const id = newId()
  await database('users').insert({ id, kind: 'bot', name, hue: 150 })
  await database('workspace_members').insert({ workspace_id, user_id: id, role: 'bot' })
  await database('project_roles').insert({ workspace_id, project_id, user_id: id, role: 'member' })
  return id
}
