import { describe, expect, test } from 'vitest'
import { say, step } from '#tests/support/flows/a-flow.ts'
import { drawn, type DrawnFlow } from '#core/contracts/flows/drawn.ts'
import { copies, freeId, insert, newStep, remove, shift } from './draft.ts'

const ask = step('ask', 'approval', { to: ['role:owner'], question: 'Ship?', timeout: 'P1D' })
const answer = step(
  'answer',
  'branch',
  { cases: [{ id: 'yes', when: { field: 'steps.ask.approved', op: 'is', value: true } }] },
  { yes: [say('on')], else: [say('back', '{{ steps.ask.comment }}')] },
)
const flow = drawn({ name: 'Gate', trigger: { type: 'card.moved' }, steps: [ask, answer] })
const ids = (one: DrawnFlow, block = 'steps') =>
  block === 'steps'
    ? one.steps.map(({ id }) => id)
    : one.steps[1]!.blocks!['else']!.map(({ id }) => id)

test('what is no flow is drawn as one, so that it can be mended', () => {
  expect(drawn({})).toEqual({
    schema: 'pf.flow/1',
    name: '',
    trigger: { type: 'card.moved' },
    steps: [],
  })
  const odd = drawn({ steps: [null, 7, { id: 'a', blocks: { yes: 'no' } }], trigger: 'x' })
  expect(odd.steps).toEqual([{ id: 'a', type: '', with: {}, blocks: { yes: [] } }])
})

describe('steps', () => {
  test('are put in, taken out and moved, in blocks too, and the flow before stays as it was', () => {
    const inElse = { block: 'steps/1/blocks/else', at: 1 }
    const more = insert(flow, inElse, [say('why')])
    expect(ids(more, 'else')).toEqual(['back', 'why'])
    expect(ids(shift(more, inElse, -1), 'else')).toEqual(['why', 'back'])
    expect(shift(more, inElse, 1)).toBe(more)
    expect(ids(remove(more, { block: 'steps', at: 0 }))).toEqual(['answer'])
    expect(ids(flow, 'else')).toEqual(['back'])
  })

  test('are copied with ids of their own, and read each other as before', () => {
    const [first, second] = copies(flow, [ask, answer])
    expect(first!.id).toBe('ask_2')
    expect(second!.blocks!['else']![0]).toMatchObject({
      id: 'back_2',
      with: { text: '{{ steps.ask_2.comment }}' },
    })
    expect(second!.with['cases']).toMatchObject([{ when: { field: 'steps.ask_2.approved' } }])
    expect(copies(flow, [answer])[0]!.blocks!['else']![0]!.with['text']).toBe(
      '{{ steps.ask.comment }}',
    )
  })

  test('have ids that are free and fit into paths', () => {
    expect(freeId('ask', new Set(['ask', 'ask_2']))).toBe('ask_3')
    expect(freeId('7 Fragen?', new Set())).toMatch(/^s_/)
    expect(newStep(flow, 'for-each', ['do'])).toEqual({
      id: 'for_each',
      type: 'for-each',
      with: {},
      blocks: { do: [] },
    })
  })
})
