import fc from 'fast-check'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { aFlow, say, step } from './a-flow.ts'

/** A step without ids, which are given when the tree is there. */
interface Grown {
  readonly type: string
  readonly with: Step['with']
  readonly blocks: Readonly<Record<string, readonly Grown[]>>
}

const plain = (type: string, params: Step['with'] = {}): Grown => ({
  type,
  with: params,
  blocks: {},
})
const hours = (count: number) => `PT${count}H`
const always = { cel: 'true' }

/** Any step at all. What comes out of variables and of taking back depends on who is first. */
const { steps } = fc.letrec<{ step: Grown; steps: Grown[] }>((tie) => {
  const inner = tie('steps')
  const holding = (type: string, block: string, params: fc.Arbitrary<Step['with']>) =>
    fc
      .tuple(params, inner)
      .map(([made, within]) => ({ type, with: made, blocks: { [block]: within } }))
  return {
    steps: fc.array(tie('step'), { minLength: 1, maxLength: 3, depthIdentifier: 'blocks' }),
    step: fc.oneof(
      { depthSize: 'small', withCrossShrink: true, maxDepth: 4, depthIdentifier: 'blocks' },
      { weight: 4, arbitrary: fc.constant(plain('comment.add', { text: 'hello' })) },
      {
        weight: 2,
        arbitrary: fc.constant(plain('set-variable', { name: 'n', cel: 'vars.n + 1' })),
      },
      fc.integer({ min: 1, max: 5 }).map((count) => plain('wait', { for: hours(count) })),
      fc.constant(plain('compensate')),
      fc.constantFrom('done', 'failed').map((as) => plain('stop', { as })),
      holding('try', 'do', fc.constant({})),
      holding('retry', 'do', fc.constant({ times: 2, wait: hours(1) })),
      holding('while', 'do', fc.constant({ when: { cel: 'vars.n < 4' }, max: 6 })),
      holding(
        'branch',
        'yes',
        fc
          .constantFrom('true', 'false', 'vars.n < 1', 'vars.n < 2')
          .map((cel) => ({ cases: [{ id: 'yes', when: { cel } }] })),
      ),
      holding(
        'for-each',
        'do',
        fc.record({
          items: fc.array(fc.integer(), { maxLength: 3 }),
          atOnce: fc.integer({ min: 1, max: 3 }),
          skipFailures: fc.boolean(),
        }),
      ),
      fc
        .tuple(inner, inner)
        .map(([one, two]) => ({ type: 'parallel', with: {}, blocks: { one, two } })),
    ),
  }
})

/** A flow that is published as it is, and which of its acts are refused how often. */
export interface Grew {
  readonly flow: Flow
  readonly refused: Readonly<Record<string, number>>
}

const REFUSAL = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 3 }))

/** Flows that do one thing at a time, or several side by side. */
export const anyFlow = (way: 'in turn' | 'side by side'): fc.Arbitrary<Grew> =>
  fc
    .tuple(steps, steps, fc.array(REFUSAL, { maxLength: 4 }))
    .map(([grown, onFailure, refusals]) => planted(way, grown, onFailure, refusals))
    .filter((grew) => grew !== null)

function planted(
  way: 'in turn' | 'side by side',
  grown: readonly Grown[],
  onFailure: readonly Grown[],
  refusals: readonly (readonly [nth: number, times: number])[],
): Grew | null {
  let count = 0
  const plant = (each: Grown): Step => {
    const id = `s${(count += 1)}`
    const { type, with: params } = each
    if (type === 'comment.add')
      return say(id, id, count % 3 ? { undo: [say(`${id}_back`)] } : undefined)
    const blocks = Object.entries(each.blocks).map(
      ([name, inner]) => [name, inner.map(plant)] as const,
    )
    const atOnce = way === 'in turn' && type === 'for-each' ? { atOnce: 1 } : {}
    const kind =
      way === 'in turn' && type === 'parallel' ? { type: 'branch', cases: true } : { type }
    const made = kind.type === 'branch' && type === 'parallel' ? CASES : { ...params, ...atOnce }
    return step(id, kind.type, made, Object.fromEntries(blocks))
  }
  const tree = grown.map(plant)
  const after = onFailure.map(plant)
  if (count > 40) return null
  if (way === 'side by side' && /vars|compensate/.test(JSON.stringify([tree, after]))) return null
  const flow = aFlow(tree, { onFailure: after, variables: { n: 0 } })
  const refused = refusals.map(([nth, times]) => [`s${nth}`, times] as const)
  return { flow, refused: Object.fromEntries(refused) }
}

const CASES = {
  cases: [
    { id: 'one', when: always },
    { id: 'two', when: always },
  ],
}
