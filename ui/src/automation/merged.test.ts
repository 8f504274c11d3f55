import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placedSteps } from '#core/contracts/flows/walk.ts'
import { say, step } from '#tests/support/flows/a-flow.ts'
import { anyFlow } from '#tests/support/flows/any-flow.ts'
import { clashingIds } from './clashing-ids.ts'
import { drawn, type DrawnFlow } from '#core/contracts/flows/drawn.ts'
import { insert, newStep, remove, replace, shift, withIds } from './draft.ts'
import { merged } from './merged.ts'

const placed = ({ steps, onFailure = [] }: DrawnFlow) =>
  placedSteps({ steps: [...steps], onFailure: [...onFailure] })
const stepsOf = (flow: DrawnFlow) => new Map(placed(flow).map(({ step: one }) => [one.id, one]))

/** What both have made of it, as the designer does it. */
function together(base: DrawnFlow, mine: DrawnFlow, theirs: DrawnFlow) {
  const names = clashingIds(base, mine, theirs)
  return { flow: merged(base, withIds(mine, names), theirs) as DrawnFlow, names }
}

interface Edit {
  readonly kind: 'add' | 'remove' | 'change' | 'shift'
  readonly at: number
}
const edits = fc.array(
  fc.record({
    kind: fc.constantFrom<Edit['kind']>('add', 'add', 'remove', 'change', 'shift'),
    at: fc.nat({ max: 100 }),
  }),
  { maxLength: 4 },
)

function edited(flow: DrawnFlow, all: readonly Edit[], who: string): DrawnFlow {
  return all.reduce((now, { kind, at }) => {
    const steps = placed(now)
    const { path, step: one } = steps[at % steps.length] ?? {}
    if (!path || !one) return insert(now, { block: 'steps', at: 0 }, [added(now, who)])
    const cut = path.lastIndexOf('/')
    const place = { block: path.slice(0, cut), at: Number(path.slice(cut + 1)) }
    if (kind === 'add') return insert(now, place, [added(now, who)])
    if (kind === 'remove') return remove(now, place)
    if (kind === 'shift') return shift(now, place, 1)
    return replace(now, place, { ...one, label: `${one.label ?? ''} ${who}` })
  }, flow)
}

const added = (flow: DrawnFlow, who: string) => ({
  ...newStep(flow, 'comment.add', []),
  with: { text: who },
})

test('whatever two draw at once, what either has added or changed is there, each step once', () => {
  fc.assert(
    fc.property(anyFlow('in turn'), edits, edits, ({ flow }, my, their) => {
      const base = drawn(flow as never)
      const [mine, theirs] = [edited(base, my, 'me'), edited(base, their, 'they')]
      const { flow: both, names } = together(base, mine, theirs)
      const ids = placed(both).map(({ step: one }) => one.id)
      expect(new Set(ids).size).toBe(ids.length)
      const [old, all] = [stepsOf(base), stepsOf(both)]
      for (const [id, one] of stepsOf(theirs)) {
        if (!old.has(id)) expect(all.get(id)?.with).toEqual(one.with)
        else if (one.label !== old.get(id)!.label) expect(all.has(id)).toBe(true)
      }
      for (const [id, one] of stepsOf(mine)) {
        const now = all.get(names.get(id) ?? id)
        if (!old.has(id)) expect(now?.with).toEqual(one.with)
        else if (one.label !== old.get(id)!.label) expect(now?.label).toBe(one.label)
      }
      expect(merged(base, mine, base)).toEqual(mine)
      expect(merged(base, base, theirs)).toEqual(theirs)
    }),
    { seed: 6 },
  )
})

const draftOf = (...steps: object[]) => drawn({ name: 'A', trigger: { type: 'card.moved' }, steps })

test('two fields of one step, a name and an order are all kept; of one field mine is', () => {
  const one = (params: object) => step('a', 'email.send', params as never)
  const base = draftOf(one({ subject: 'Old', text: 'old' }), say('b'), say('c'))
  const mine = { ...draftOf(one({ subject: 'Mine', text: 'old' }), say('c'), say('b')), name: 'B' }
  const theirs = draftOf(one({ subject: 'Old', text: 'theirs' }), say('b'), say('d'), say('c'))
  const { flow } = together(base, mine, theirs)
  expect(flow.name).toBe('B')
  expect(flow.steps.map(({ id }) => id)).toEqual(['a', 'c', 'b', 'd'])
  expect(flow.steps[0]!.with).toEqual({ subject: 'Mine', text: 'theirs' })
  const clash = together(
    base,
    draftOf(one({ subject: 'Mine' })),
    draftOf(one({ subject: 'Theirs' })),
  )
  expect(clash.flow.steps[0]!.with).toMatchObject({ subject: 'Mine' })
})

test('a step that one takes out and the other puts something into stays', () => {
  const base = draftOf(step('t', 'try', {}, { do: [say('a')] }), say('z'))
  const theirs = draftOf(step('t', 'try', {}, { do: [say('a'), say('b')] }), say('z'))
  const { flow } = together(base, draftOf(say('z')), theirs)
  expect([...stepsOf(flow).keys()]).toEqual(['t', 'a', 'b', 'z'])
})

test('steps that two add at once under one name are both there, and what reads them finds its own', () => {
  const base = draftOf(say('z'))
  const mine = draftOf(step('read', 'card.read'), say('say', '{{ steps.read.card }}'), say('z'))
  const theirs = draftOf(step('read', 'cards.find'), say('z'))
  const { flow, names } = together(base, mine, theirs)
  expect(names.get('read')).toBe('read_2')
  expect(stepsOf(flow).get('say')?.with).toEqual({ text: '{{ steps.read_2.card }}' })
  expect(stepsOf(flow).get('read')?.type).toBe('cards.find')
})
