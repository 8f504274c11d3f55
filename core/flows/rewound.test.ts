import { expect, test } from 'vitest'
import { FlowRun } from '#engine/jobs/flow-run.ts'
import { StepFailure } from '#engine/nodes/failures.ts'
import { aFlow, say, step } from '#tests/support/flows/a-flow.ts'
import { CARD } from '#tests/support/flows/try-out.ts'
import { VirtualClock } from '#tests/support/flows/virtual-clock.ts'
import { failedKey, rewound } from './rewound.ts'

const NOW_MS = new VirtualClock().nowMs

const flow = aFlow([
  say('first'),
  step(
    'both',
    'parallel',
    {},
    {
      one: [say('a')],
      two: [step('each', 'for-each', { items: [1, 2, 3] }, { do: [say('b'), say('c'), say('d')] })],
    },
  ),
  say('last'),
])

/** Runs until an act is refused; answers what was done, and where it stood. */
async function until(refused: string | null, state?: FlowRun['state']) {
  const done: string[] = []
  const clock = new VirtualClock()
  const trigger = { type: 'card.moved', at: '', actorId: null }
  const input = { runId: 'r', flowId: 'f', trigger, card: CARD, chain: [] }
  const run = new FlowRun(
    flow,
    input,
    {
      async act({ key }) {
        const name = key.slice(2)
        if (name === refused) throw new StepFailure('no', 'No.')
        done.push(name)
        return { output: {}, cards: 1 }
      },
      wait: (ms, ready) => clock.wait(ms, ready),
      now: () => clock.nowMs,
      random: () => 0,
      report: () => {},
      patched: () => true,
    },
    state,
  )
  const end = await clock.until(run.run())
  return { done, end, state: JSON.parse(JSON.stringify(run.state)) as FlowRun['state'] }
}

test('a run goes on from the step it failed at, and what was done is not done again', async () => {
  const before = await until('each[1].c')
  expect(before.end).toMatchObject({ status: 'failed', error: { step: 'c' } })
  expect(before.done).toEqual(['first', 'a', 'each[0].b', 'each[0].c', 'each[0].d', 'each[1].b'])
  expect(failedKey(before.state)).toBe('each[1].c')
  const after = await until(null, rewound(flow, before.state, 'each[1].c', NOW_MS)!)
  expect(after.end).toEqual({ status: 'done' })
  expect(after.done).toEqual([
    'each[1].c',
    'each[1].d',
    'each[2].b',
    'each[2].c',
    'each[2].d',
    'last',
  ])
})

test('it goes on from an earlier step, with all that follows that one', async () => {
  const before = await until('last')
  const { done } = await until(null, rewound(flow, before.state, 'both', NOW_MS)!)
  expect(done.sort()).toEqual((await until(null)).done.filter((key) => key !== 'first').sort())
})

test('a step it never came to, or that the flow has no more, is none to go on from', async () => {
  const { state } = await until('a')
  expect(rewound(flow, state, 'last', NOW_MS)).toBeNull()
  expect(rewound(flow, state, 'gone', NOW_MS)).toBeNull()
})
