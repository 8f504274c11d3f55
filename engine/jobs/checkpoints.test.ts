import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FlowRun } from './flow-run.ts'
import { StepFailure } from '#engine/nodes/failures.ts'
import { anyFlow, type Grew } from '#tests/support/flows/any-flow.ts'
import { aFlow, say, step } from '#tests/support/flows/a-flow.ts'
import { tryOut, type TriedOut } from '#tests/support/flows/try-out.ts'

const SEED = 20261128
const RUNS = 150
/** Acts take milliseconds and waits take hours. */
const HALF_AN_HOUR_MS = 1_800_000

/** Refuses each act as often as it is said, however the run gets there. */
async function tried({ flow, refused }: Grew, checkpoints: boolean): Promise<TriedOut> {
  const left: Record<string, number> = { ...refused }
  return await tryOut(flow, {
    checkpoints,
    act({ stepId }) {
      if ((left[stepId] ?? 0) <= 0) return undefined
      left[stepId]! -= 1
      throw new StepFailure('card.archived', 'No.')
    },
  })
}

const traceOf = ({ end, acts, reports, state }: TriedOut) => ({
  end,
  vars: state.vars,
  acts: acts.map(({ key, type, with: params }) => ({ key, type, params })),
  reports: reports.map(({ atMs: _, ...line }) => line),
})

const sorted = (lines: readonly object[]) => lines.map((line) => JSON.stringify(line)).sort()

test('a run that goes on elsewhere after every step does the same in the same order', async () => {
  let suspensions = 0
  await fc.assert(
    fc.asyncProperty(anyFlow('in turn'), async (grew) => {
      const [through, broken] = [await tried(grew, false), await tried(grew, true)]
      expect(traceOf(broken)).toEqual(traceOf(through))
      expect(broken.tookMs).toBe(through.tookMs)
      suspensions += broken.suspensions
    }),
    { seed: SEED, numRuns: RUNS },
  )
  expect(suspensions).toBeGreaterThan(RUNS)
})

test('so does one that does several things at once, whichever of them is first', async () => {
  await fc.assert(
    fc.asyncProperty(anyFlow('side by side'), async (grew) => {
      const [through, broken] = [await tried(grew, false), await tried(grew, true)]
      expect(broken.end.status).toBe(through.end.status)
      expect(new Set(broken.acts.map(({ key }) => key)).size).toBe(broken.acts.length)
      expect(Math.abs(broken.tookMs - through.tookMs)).toBeLessThan(HALF_AN_HOUR_MS)
      if (through.end.status !== 'done') return
      expect(sorted(traceOf(broken).acts)).toEqual(sorted(traceOf(through).acts))
      expect(sorted(traceOf(broken).reports)).toEqual(sorted(traceOf(through).reports))
    }),
    { seed: SEED, numRuns: RUNS },
  )
})

test('who waits goes on waiting to the same moment, and an answer given before counts', async () => {
  const wait = (id: string, hours: number) => step(id, 'wait', { for: `PT${hours}H` })
  const ask = { to: ['role:admin'], question: 'Ship it?', min: 2, timeout: 'P1D' }
  const busy = [wait('w1', 1), say('a'), wait('w2', 1), say('b')]
  const flow = aFlow([
    step(
      'p',
      'parallel',
      {},
      { busy, idle: [wait('w3', 3)], asked: [step('ask', 'approval', ask)] },
    ),
  ])
  const vote = (userId: string, afterMs: number) => ({
    afterMs,
    does: (run: FlowRun) => run.waiting.vote({ step: 'ask', userId, approved: true, comment: '' }),
  })
  const tried = await tryOut(flow, {
    checkpoints: true,
    act: ({ type }) =>
      type === 'approval.ask' ? { output: { approvers: ['ann', 'bob', 'cid'] } } : {},
    happens: [vote('bob', HALF_AN_HOUR_MS), vote('cid', 5 * HALF_AN_HOUR_MS)],
    input: { trigger: { type: 'card.moved', at: '', actorId: 'ann' } },
  })
  expect(tried.end.status).toBe('done')
  expect(tried.reports.find(({ key, output }) => key === 'ask' && output)?.output).toMatchObject({
    approved: true,
    by: ['bob', 'cid'],
  })
  expect(tried.tookMs).toBeLessThan(7 * HALF_AN_HOUR_MS)
  expect(tried.suspensions).toBeGreaterThan(4)
})
