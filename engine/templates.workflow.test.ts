import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeOf } from '#core/contracts/flows/check-step.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Output, RunCause } from '#core/contracts/flows/run.ts'
import { draftOf } from '#core/contracts/flows/template.ts'
import { flowTemplates } from '#core/contracts/flows/templates/index.ts'
import { newId } from '#core/kernel/ids.ts'
import { beginRun, type Listener } from '#activities/automation/begin-run.ts'
import { cardFaceOf } from '#activities/automation/card-face-of.ts'
import { matches } from '#activities/automation/matches.ts'
import { anAutomation } from '#tests/support/automation.ts'
import { aRunPlace } from '#tests/support/command.ts'
import { anEngine } from '#tests/support/engine.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { RunControl } from './run-control.ts'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'

// Each template is published and run on a real Postgres and Temporal, all at once and by one worker.
// What they wait for is a second here, and not a week; people answer.

let it: Awaited<ReturnType<typeof anEngine>>
let automation: Awaited<ReturnType<typeof anAutomation>>
let control: RunControl
let board: SomeBoard
let chosen: Record<string, string>

beforeAll(async () => {
  it = await anEngine()
  automation = await anAutomation(it)
  const { taskQueue } = automation
  control = new RunControl(it.client, aRunPlace(taskQueue))
  board = await aBoard(it.database, { columns: ['To do', 'Doing', 'Review', 'Done'] })
  const [ann, bob] = [
    await aMember(it.database, board, 'member'),
    await aMember(it.database, board, 'member'),
  ]
  const [bug, urgent, release] = [await aLabel('Bug'), await aLabel('Urgent'), await aLabel('Next')]
  const { 'To do': todo, Doing: doing, Review: review, Done: done } = board.columns
  const columns = { todo: todo!, doing: doing!, review: review!, done: done! }
  const people = { lead: ann, first: ann, second: bob }
  const server = 'https://hooks.example.com/done'
  chosen = { ...columns, ...people, bug, urgent, release, server, board: board.boardId }
})
afterAll(async () => {
  await automation.stop()
  await it.stop()
})

async function aLabel(name: string): Promise<string> {
  const { workspaceId: workspace_id, projectId: project_id } = board
  const id = newId()
  await it.database('labels').insert({ id, workspace_id, project_id, name, colour: 'red' })
  return id
}

/** What happens to a card, and what a template has done by the end of it. */
interface Story {
  readonly given?: Readonly<Record<string, unknown>>
  /** What the card has, or null where the trigger is about none. */
  readonly card?: Readonly<Record<string, unknown>> | null
  /** Where the card is. */
  readonly column?: string
  readonly assigned?: true
  readonly answer?: boolean
  readonly acts: readonly string[]
}

const STORIES: Readonly<Record<string, Story>> = {
  'approval-before-done': { column: 'Review', answer: true, acts: ['card.move'] },
  'done-when-ticked': { acts: ['card.move'] },
  'archive-after-a-week': { column: 'Done', acts: ['card.read', 'card.archive'] },
  'whoever-starts-has-it': { column: 'Doing', acts: ['card.read', 'card.assign'] },
  'urgent-has-a-label': {
    given: { changes: { priority: [null, 1] } },
    card: { priority: 1 },
    acts: ['card.read', 'card.label'],
  },
  'overdue-is-told': { card: { due_on: '2026-01-01' }, acts: ['card.read', 'comment.add'] },
  'remind-before-due': { card: { due_on: '2026-01-01' }, acts: ['card.read', 'comment.add'] },
  'bugs-have-a-checklist': { acts: Array.from({ length: 4 }, () => 'checklist.add') },
  'definition-of-done': { acts: Array.from({ length: 3 }, () => 'checklist.add') },
  'stuck-in-review': { column: 'Review', acts: ['card.edit', 'comment.add'] },
  'follow-up-card': { column: 'Done', acts: ['card.create'] },
  'split-by-button': { acts: ['cards.create', 'comment.add'] },
  'weekly-planning': { card: null, acts: ['card.create'] },
  'tidy-done': { card: null, acts: ['cards.find', 'card.archive'] },
  'cards-from-outside': {
    card: null,
    given: { body: { title: 'A broken link', text: 'On the first page' }, headers: {} },
    acts: ['card.create'],
  },
  'tell-another-system': { column: 'Done', acts: ['webhook.send'] },
  'nobody-waits-in-to-do': { assigned: true, acts: ['card.read', 'card.unassign'] },
  'due-a-week-from-start': { column: 'Doing', acts: ['card.read', 'card.edit'] },
  'two-sign-off': { column: 'Review', answer: true, acts: ['card.move', 'comment.add'] },
  'prepare-and-take-back': {
    column: 'Review',
    answer: false,
    acts: ['card.label', 'checklist.add', 'card.move', 'comment.add'],
  },
}

/** Publishes a template with everything chosen, as whoever draws it would. */
async function published(name: string): Promise<Listener> {
  const content = draftOf(flowTemplates[name]!, chosen)
  const quick = JSON.parse(
    JSON.stringify(content)
      .replaceAll(/"for":"P\d+D"/g, '"for":"PT1S"')
      .replace(/("event":"card.moved","timeout":)"P2D"/, '$1"PT1S"'),
  ) as object
  const id = await aPublishedFlow(it.database, board, quick, { name })
  const row = await it.database('flow_versions').where({ flow_id: id }).first()
  const { actor_id } = await it.database('flows').where({ id }).first('actor_id')
  return { ...row, actor_id } as Listener
}

async function aCardFor({ card = {}, column = 'To do', assigned }: Story): Promise<string | null> {
  if (card === null) return null
  const cardId = await aCard(it.database, board, { column, row: card })
  const { workspaceId: workspace_id } = board
  if (assigned) {
    const person = { workspace_id, card_id: cardId, user_id: chosen['lead'] }
    await it.database('card_assignees').insert(person)
  }
  return cardId
}

/** Lets what a template waits for happen; answers the id of its run. */
async function begun(name: string, { given = {}, ...story }: Story): Promise<string> {
  const listener = await published(name)
  const { trigger } = listener.definition
  const cardId = await aCardFor(story)
  return await it.database.transaction(async (trx) => {
    const card = cardId && (await cardFaceOf(trx, cardId))
    const cause = { ...causeFor(trigger, card || {}), ...given }
    expect(matches({ trigger }, cause, card || {}, false), name).toBe(true)
    const { workspaceId } = board
    const beginning = { workspaceId, listener, cause: newId(), trigger: cause, card: card || null }
    return await beginRun(trx, automation.startRun, { ...beginning, by: null })
  })
}

const causeFor = ({ type, with: params }: Flow['trigger'], card: Output): RunCause => ({
  type,
  at: new Date().toISOString(),
  actorId: board.ownerId,
  ...(type === 'card.moved' && { from: null, to: card['columnId'] }),
  ...(type === 'card.labelled' && { labelId: (params['labelIds'] as string[])[0] }),
})

/** Everybody who is asked says the same. */
async function answered(runId: string, approved: boolean): Promise<void> {
  const open = it.database('flow_approvals').where({ run_id: runId })
  await expect.poll(() => open.clone().pluck('status')).toEqual(['open'])
  const [{ approvers, key: step }] = await open
  const { flow_id, cause } = await it.database('flow_runs').where({ id: runId }).first()
  for (const userId of approvers as string[]) {
    await control.decide(flow_id, cause, { step, userId, approved, comment: '' })
  }
}

test('every template is published, started by what it says, and does what it says', async () => {
  expect(Object.keys(STORIES)).toEqual(Object.keys(flowTemplates))
  const longAgo = new Date(Date.now() - 60 * 86_400_000)
  await aCard(it.database, board, { column: 'Done', row: { created_at: longAgo } })
  const runs: [name: string, story: Story, runId: string][] = []
  for (const [name, story] of Object.entries(STORIES)) {
    runs.push([name, story, await begun(name, story)])
  }
  const came = await Promise.all(
    runs.map(async ([name, story, id]) => {
      if (story.answer !== undefined) await answered(id, story.answer)
      const row = () => it.database('flow_runs').where({ id }).first()
      await expect.poll(async () => (await row()).status, { timeout: 30_000 }).not.toBe('running')
      const { status, error } = await row()
      const steps = it.database('flow_steps').where({ run_id: id }).whereIn('status', ['done'])
      const done: string[] = await steps.pluck('type')
      const acts = done.filter((type) => nodeOf(type)?.kind === 'act')
      return [name, { status, error, acts: acts.toSorted() }] as const
    }),
  )
  const expected = Object.entries(STORIES).map(([name, { acts }]) => [
    name,
    { status: 'done', error: null, acts: acts.toSorted() },
  ])
  expect(Object.fromEntries(came)).toEqual(Object.fromEntries(expected))
  // What was prepared for a release is taken back.
  expect(await it.database('card_labels').where({ label_id: chosen['release'] })).toEqual([])
}, 60_000)
