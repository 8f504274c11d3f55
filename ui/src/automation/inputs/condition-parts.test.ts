import { expect, test } from 'vitest'
import { conditionOf, shown, valueOf } from './condition-parts.ts'

const isBug = { field: 'card.title', op: 'contains', value: 'bug' }
const isOld = { field: 'card.dueOn', op: 'is before now' }

test.each([
  [undefined, 'all', []],
  [isBug, 'all', [isBug]],
  [{ all: [isBug, isOld] }, 'all', [isBug, isOld]],
  [{ any: [isBug, isOld] }, 'any', [isBug, isOld]],
])('%j is shown as tests, and comes back as it was', (condition, of, tests) => {
  expect(shown(condition)).toEqual({ kind: 'tests', of, tests })
  expect(conditionOf(of as 'all', tests as never)).toEqual(condition)
})

test('what no form can show is shown as it is written', () => {
  expect(shown({ cel: 'card.points > 3' })).toEqual({ kind: 'cel', cel: 'card.points > 3' })
  expect(shown({ not: isBug })).toEqual({ kind: 'json' })
  expect(shown({ all: [isBug, { any: [isOld] }] })).toEqual({ kind: 'json' })
  expect(shown('x')).toEqual({ kind: 'json' })
})

test('a value that is typed is a number, yes or no, or a text', () => {
  expect(['3', ' -1.5 ', 'true', 'false', '3 days', ''].map(valueOf)).toEqual([
    3,
    -1.5,
    true,
    false,
    '3 days',
    '',
  ])
})
