import { expect, test } from 'vitest'
import type { FlowRun } from '#engine/jobs/flow-run.ts'
import { StepFailure } from '#engine/nodes/failures.ts'
import { CARD, tryOut, type World } from '#tests/support/flows/try-out.ts'
import { checkFlow } from '../check-flow.ts'
import type { Flow } from '../flow.ts'
import { draftOf, type FlowTemplate } from '../template.ts'
import { flowTemplates } from './index.ts'

const DONE = '019000ce-0000-7000-8000-00000000000d'
const ANN = '019000ce-0000-7000-8000-00000000000a'
const BOB = '019000ce-0000-7000-8000-00000000000b'
const OTHER = '019000ce-0000-7000-8000-00000000000e'
const HOUR_MS = 3_600_000

/** What it is called, and what it does, as the acts it asks for. */
interface Case {
  readonly acts: readonly string[]
  readonly world?: World
}

const card = (more: object) => ({
  act: ({ type }: { type: string }) =>
    type === 'card.read' ? { output: { card: more } } : undefined,
})
const asked = ({ type }: { type: string }) =>
  type === 'approval.ask' ? { output: { approvers: [ANN, BOB] } } : undefined
const votes = (approved: boolean, ...people: string[]) => ({
  act: asked,
  happens: people.map((userId, at) => ({
    afterMs: (at + 1) * HOUR_MS,
    does: (run: FlowRun) => run.waiting.vote({ step: 'ask', userId, approved, comment: '' }),
  })),
})
const body = (given: object) => ({
  input: { trigger: { type: 'webhook', at: '', actorId: null, body: given } },
})
let refusals = 0
const refusingTwice: World = {
  act({ type }) {
    if (type === 'webhook.send' && (refusals += 1) <= 2) throw new StepFailure('egress.away', 'No.')
  },
}

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'approval-before-done': [
    { world: votes(true, ANN), acts: ['approval.ask', 'card.move'] },
    { world: votes(false, ANN), acts: ['approval.ask', 'card.move', 'comment.add'] },
    { world: { act: asked }, acts: ['approval.ask', 'card.move', 'comment.add'] },
  ],
  'done-when-ticked': [{ acts: ['card.move'] }],
  'archive-after-a-week': [
    { world: card({ columnId: DONE }), acts: ['card.read', 'card.archive'] },
    { world: card({ columnId: OTHER }), acts: ['card.read'] },
  ],
  'whoever-starts-has-it': [
    { world: card({}), acts: ['card.read', 'card.assign'] },
    { world: card({ assignees: [BOB] }), acts: ['card.read'] },
  ],
  'urgent-has-a-label': [
    { world: card({ priority: 1 }), acts: ['card.read', 'card.label'] },
    { world: card({ priority: 3 }), acts: ['card.read', 'card.unlabel'] },
  ],
  'overdue-is-told': [{ world: card({ assignees: [BOB] }), acts: ['card.read', 'comment.add'] }],
  'remind-before-due': [{ world: card({}), acts: ['card.read', 'comment.add'] }],
  'bugs-have-a-checklist': [{ acts: Array.from({ length: 4 }, () => 'checklist.add') }],
  'definition-of-done': [{ acts: Array.from({ length: 3 }, () => 'checklist.add') }],
  'stuck-in-review': [
    { acts: ['card.edit', 'comment.add'] },
    {
      world: {
        happens: [
          {
            afterMs: HOUR_MS,
            does: (run) => run.waiting.hear({ type: 'card.moved', cardId: CARD.id }),
          },
        ],
      },
      acts: [],
    },
  ],
  'follow-up-card': [{ acts: ['card.create'] }],
  'split-by-button': [{ acts: ['cards.create', 'comment.add'] }],
  'weekly-planning': [{ acts: ['card.create'] }],
  'tidy-done': [
    {
      world: {
        act: ({ type }) =>
          type === 'cards.find' ? { output: { cardIds: [ANN, BOB] } } : undefined,
      },
      acts: ['cards.find', 'card.archive', 'card.archive'],
    },
  ],
  'cards-from-outside': [
    { world: body({ title: 'Broken link' }), acts: ['card.create'] },
    { world: body({ title: 'A test' }), acts: [] },
    { world: body({}), acts: [] },
  ],
  'tell-another-system': [
    { world: refusingTwice, acts: ['webhook.send', 'webhook.send', 'webhook.send'] },
  ],
  'nobody-waits-in-to-do': [
    {
      world: card({ assignees: [ANN, BOB] }),
      acts: ['card.read', 'card.unassign', 'card.unassign'],
    },
    { world: card({}), acts: ['card.read'] },
  ],
  'due-a-week-from-start': [
    { world: card({}), acts: ['card.read', 'card.edit'] },
    { world: card({ dueOn: '2026-02-01' }), acts: ['card.read'] },
  ],
  'two-sign-off': [
    { world: votes(true, ANN, BOB), acts: ['approval.ask', 'card.move', 'comment.add'] },
    { world: votes(true, ANN), acts: ['approval.ask', 'approval.ask', 'comment.add'] },
  ],
  'prepare-and-take-back': [
    { world: votes(true, ANN), acts: ['card.label', 'checklist.add', 'approval.ask'] },
    {
      world: votes(false, ANN),
      acts: [
        'card.label',
        'checklist.add',
        'approval.ask',
        'card.unlabel',
        'card.move',
        'comment.add',
      ],
    },
  ],
}

function published(template: FlowTemplate): Flow {
  const values = {
    board: OTHER,
    column: OTHER,
    label: OTHER,
    member: ANN,
    url: 'https://example.com/hook',
  }
  const chosen = Object.entries(template.choices).map(([name, kind]) => [name, values[kind]])
  const checked = checkFlow(draftOf(template, { ...Object.fromEntries(chosen), done: DONE }))
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems, null, 2))
  return checked.flow
}

test('there are twenty, and each is tried out', () => {
  expect(Object.keys(flowTemplates)).toHaveLength(20)
  expect(Object.keys(CASES)).toEqual(Object.keys(flowTemplates))
})

test.each(Object.entries(flowTemplates))(
  '%s can be published, and does what it says',
  async (name, template) => {
    const flow = published(template)
    for (const { acts, world } of CASES[name]!) {
      const tried = await tryOut(flow, world)
      expect(tried.end.status).toBe('done')
      expect(tried.acts.map(({ type }) => type)).toEqual(acts)
    }
  },
)

test.each(
  Object.entries(flowTemplates).filter(([, { choices }]) => Object.keys(choices).length > 0),
)('%s is refused as long as nothing is chosen', (_, template) => {
  expect(checkFlow(draftOf(template, {}))).toHaveProperty('problems')
})
