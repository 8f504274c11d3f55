import { expect, test } from 'vitest'
import { aFlow, say, step } from '#tests/support/flows/a-flow.ts'
import { drawn } from './drawn.ts'
import { flowDiff } from './flow-diff.ts'

const published = drawn(
  aFlow([say('a'), step('t', 'try', {}, { do: [say('b')] }), say('c')]) as never,
)
const draftOf = (steps: unknown[], more = {}) =>
  drawn({ name: 'A flow', trigger: { type: 'card.moved' }, steps, ...more })
const told = (after: ReturnType<typeof drawn>) =>
  flowDiff(published, after).map(
    ({ kind, about }) => `${kind} ${typeof about === 'string' ? about : about.id}`,
  )

test('what is filled in when a flow is published is no difference', () => {
  expect(told(draftOf([say('a'), step('t', 'try', {}, { do: [say('b')] }), say('c')]))).toEqual([])
})

test('steps that are new, gone, changed or elsewhere are told, and what starts the flow', () => {
  expect(
    told(
      draftOf([say('a', 'other'), step('t', 'try', {}, { do: [say('c')] }), say('d')], {
        trigger: { type: 'card.created' },
        name: 'Renamed',
      }),
    ),
  ).toEqual(['changed trigger', 'changed name', 'changed a', 'moved c', 'added d', 'removed b'])
})

test('another order is told', () => {
  expect(told(draftOf([say('c'), step('t', 'try', {}, { do: [say('b')] }), say('a')]))).toEqual([
    'moved c',
    'moved a',
  ])
})

test('of a first version everything is new', () => {
  expect(flowDiff(null, draftOf([say('a')])).map(({ kind }) => kind)).toEqual(['added'])
})
