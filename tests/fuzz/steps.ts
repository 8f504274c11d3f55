import fc from 'fast-check'
import { FAULTS } from './faulty-link.ts'
import { LINK_NAMES } from './fuzzed-node.ts'

export const PEOPLE = 4
const STEPS_MIN = 20
const STEPS_MAX = 40
const PAUSE_MS_MAX = 150
const LINES_AT_ONCE_MAX = 4

const person = fc.nat(PEOPLE - 1)
const node = fc.nat(1)
const place = fc.nat(1_000)
const link = fc.constantFrom(...LINK_NAMES)

/** One kind of step, how often it happens beside the others, and what it needs to know. */
const often = <Name extends string, Parts extends object>(
  weight: number,
  kind: Name,
  parts: { [Part in keyof Parts]: fc.Arbitrary<Parts[Part]> },
) => {
  const known = fc.record(parts) as fc.Arbitrary<unknown> as fc.Arbitrary<Parts>
  return { weight, arbitrary: known.map((rest) => ({ kind, ...rest })) }
}

/** What can happen in a story. */
const step = fc.oneof(
  often(10, 'pause', { ms: fc.nat(PAUSE_MS_MAX) }),
  often(14, 'write', { person, place, lines: fc.integer({ min: 1, max: LINES_AT_ONCE_MAX }) }),
  often(2, 'strike', { person, place }),
  often(2, 'unplug', { person }),
  often(3, 'plug', { person }),
  often(1, 'stumble', { person }),
  often(2, 'reopen', { person }),
  often(2, 'vanish', { person }),
  often(1, 'token over', { person }),
  often(1, 'demote', { person }),
  often(1, 'promote', { person }),
  often(4, 'fault', { node, link, fault: fc.constantFrom(...FAULTS) }),
  often(4, 'heal', { node, link }),
  often(1, 'kill', { node }),
  often(1, 'unload', { node }),
  often(2, 'pack', {}),
  often(2, 'edit description', {}),
  often(3, 'edit title', { title: fc.nat(1_000_000).map((number) => `Title ${number}`) }),
)

type StepOf<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never
export type Step = StepOf<typeof step>

/** What happens in the story of a seed, always the same. */
export function stepsOf(seed: number): readonly Step[] {
  const steps = fc.array(step, { minLength: STEPS_MIN, maxLength: STEPS_MAX, size: 'max' })
  return fc.sample(steps, { seed, numRuns: 1 })[0]!
}
