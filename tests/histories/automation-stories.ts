import { setTimeout as sleep } from 'node:timers/promises'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { RunState } from '#core/contracts/flows/run.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { CARDS_PER_RUN_MAX } from '#core/flows/limits.ts'
import { decide, happened } from '#engine/automation-signals.ts'
import { stateAtBeginning } from '#engine/jobs/run-state.ts'
import { anAutomation } from '#tests/support/automation.ts'
import { aBoard, aCard, type SomeBoard } from '#tests/support/fixtures.ts'
import { aFlow, say, step } from '#tests/support/flows/a-flow.ts'
import type { Engine, Story } from './stories.ts'

type Run = Awaited<ReturnType<Awaited<ReturnType<typeof anAutomation>>['start']>>

/** Long enough for a run to come to where it waits. */
const SETTLED_MS = 1_500

/** Runs a flow about a card, and does to the run what belongs to the story. */
const story =
  (
    flow: (board: SomeBoard) => Flow,
    meanwhile?: (run: Run, about: Meanwhile) => Promise<unknown>,
    stateOf: (flow: Flow) => RunState | undefined = () => undefined,
  ): Story =>
  async (it: Engine) => {
    const automation = await anAutomation(it, it.temporalAddress)
    try {
      const board = await aBoard(it.database)
      const cardId = await aCard(it.database, board)
      const done = flow(board)
      const run = await automation.start(done, board, cardId, {}, stateOf(done))
      await sleep(SETTLED_MS)
      await meanwhile?.(run, { ...board, cardId })
      await run.result().catch(() => {})
      return run.workflowId
    } finally {
      await automation.stop()
    }
  }

interface Meanwhile extends SomeBoard {
  readonly cardId: string
}

const move = (id: string, { columns }: SomeBoard, column: string, blocks?: Step['blocks']) =>
  step(id, 'card.move', { columnId: columns[column]! }, blocks)
const ask = ({ ownerId }: SomeBoard, timeout = 'P2D') =>
  step('ask', 'approval', { to: [ownerId], question: 'Good enough?', timeout })
const undone = (board: SomeBoard) =>
  move('on', board, 'Done', { undo: [move('back', board, 'To do')] })
/** No flow has it. */
const GONE = '019000ce-0000-7000-8000-0000000000ff'
/** It creates two, then says so and tells somebody. */
const creatingTwo = (board: SomeBoard) =>
  aFlow(
    [
      step('two', 'cards.create', { columnId: board.columns['To do']!, titles: ['One', 'Two'] }),
      say('then'),
    ],
    { onFailure: [step('tell', 'notify', { to: [board.ownerId], text: '{{ error.code }}' })] },
  )
/** As after many steps: one change more is left. */
const almostAll = (flow: Flow) => ({
  ...stateAtBeginning(flow, Date.now()),
  cards: CARDS_PER_RUN_MAX - 1,
})
const counting = { name: 'n', cel: 'vars.n + 1' }

/** Each way a run can go, and each node that takes commands of the server. */
export const AUTOMATION_STORIES: Readonly<Record<string, Story>> = {
  approved: story(
    (board) => aFlow([ask(board), move('on', board, 'Done')]),
    async (run, { ownerId: userId }) =>
      await run.executeUpdate(decide, {
        args: [{ step: 'ask', userId, approved: true, comment: 'Fine.' }],
      }),
  ),
  'approval-timed-out': story((board) =>
    aFlow([ask(board, 'PT2S'), say('then', '{{ steps.ask.timedOut }}')]),
  ),
  'refused-and-taken-back': story((board) =>
    aFlow([undone(board), step('off', 'card.label', { labelId: board.boardId })], {
      onFailure: [say('failed', '{{ error.code }}')],
    }),
  ),
  'cancelled-and-taken-back': story(
    (board) => aFlow([undone(board), step('wait', 'wait', { for: 'P7D' })]),
    async (run) => await run.cancel(),
  ),
  'heard-of-its-card': story(
    () =>
      aFlow([step('wait', 'wait-for-event', { event: 'card.moved', timeout: 'P1D' }), say('then')]),
    async (run, { cardId }) => await run.signal(happened, { type: 'card.moved', cardId }),
  ),
  'acts-outside': story(({ ownerId }) =>
    aFlow(
      [
        step('tell', 'notify', { to: [ownerId], text: 'Hello.' }),
        step('write', 'email.send', { to: [ownerId], subject: 'Hello', text: 'Hello.' }),
        step('hook', 'webhook.send', { url: 'https://a.example/' }),
        step('code', 'code.run', { code: 'return 1' }),
        step('ask', 'http.request', { url: 'https://a.example/' }),
      ],
      { onFailure: [say('failed', '{{ error.code }}')] },
    ),
  ),
  'called-one-that-is-gone': story(() =>
    aFlow([
      step(
        'try',
        'try',
        {},
        {
          do: [step('call', 'flow.call', { flowId: GONE })],
          catch: [say('caught', '{{ error.code }}')],
        },
      ),
      step('wait', 'wait', { for: 'PT1S' }),
    ]),
  ),
  'approved-and-noted': story(
    (board) => aFlow([ask(board), move('on', board, 'Done')]),
    async (run, { ownerId: userId }) =>
      await run.executeUpdate(decide, {
        args: [{ step: 'ask', userId, approved: true, comment: 'Fine.' }],
      }),
  ),
  'moved-by-itself': story(
    (board) => aFlow([ask(board), move('on', board, 'Done'), say('then')]),
    async (run, { ownerId: userId }) =>
      await run.executeUpdate(decide, {
        args: [{ step: 'ask', userId, approved: true, comment: 'Fine.' }],
      }),
  ),
  'refused-by-itself': story((board) =>
    aFlow([undone(board), step('off', 'card.label', { labelId: board.boardId })], {
      onFailure: [say('failed', '{{ error.code }}')],
    }),
  ),
  'cancelled-by-itself': story(
    (board) => aFlow([undone(board), step('wait', 'wait', { for: 'P7D' })]),
    async (run) => await run.cancel(),
  ),
  'itself-and-outside': story((board) =>
    aFlow([
      step('tell', 'notify', { to: [board.ownerId], text: 'Hello.' }),
      step('find', 'cards.find', { columnId: board.columns['To do']!, max: 5 }),
      step('write', 'email.send', { to: [board.ownerId], subject: 'Hello', text: 'Hello.' }),
      say('then'),
    ]),
  ),
  'terminated-while-it-waits': story(
    () => aFlow([say('a'), step('wait', 'wait', { for: 'P7D' })]),
    async (run) => await run.terminate(),
  ),
  'over-the-limit-of-cards': story(creatingTwo, undefined, almostAll),
  'kept-to-the-limit-of-cards': story(creatingTwo, undefined, almostAll),
  'every-other-node': story(() =>
    aFlow(
      [
        step(
          'both',
          'parallel',
          {},
          {
            one: [step('w1', 'wait', { for: 'PT1S' }), say('a')],
            two: [step('w2', 'wait-until', { at: '2026-01-01' }), say('b')],
          },
        ),
        step('each', 'for-each', { items: [1, 2, 3], atOnce: 2 }, { do: [say('c')] }),
        step(
          'loop',
          'while',
          { when: { cel: 'vars.n < 2' }, max: 5 },
          {
            do: [step('set', 'set-variable', counting), say('d')],
          },
        ),
        step(
          'again',
          'retry',
          { times: 1, wait: 'PT1S' },
          {
            do: [
              step(
                'try',
                'try',
                {},
                {
                  do: [
                    step('off', 'card.unlabel', {
                      labelId: '{{ run.id }}',
                      target: '{{ run.id }}',
                    }),
                  ],
                  catch: [say('caught', '{{ error.code }}')],
                },
              ),
            ],
          },
        ),
        step(
          'way',
          'branch',
          { cases: [{ id: 'yes', when: { cel: 'vars.n == 2' } }] },
          {
            yes: [say('e', 'e', { undo: [say('not_e')] })],
          },
        ),
        step('back', 'compensate'),
        step('end', 'stop', { message: 'Enough.' }),
        say('never'),
      ],
      { variables: { n: 0 } },
    ),
  ),
}
