import { expect, test } from 'vitest'
import { lanesBy, NO_VALUE } from './swimlanes.ts'

const card = (id: string, fields: object) =>
  [id, { id, columnId: 'k', rank: id, number: 1, title: id, version: 1, ...fields }] as const
const cards = new Map([
  card('a', { assignees: ['jon', 'ann'], priority: 1 }),
  card('b', {}),
  card('c', { assignees: ['ann'], priority: 1 }),
])
const cells = new Map([
  ['todo', ['a', 'b']],
  ['done', ['c']],
])
const lanes = (grouping: 'assignee' | 'priority', keys: string[]) =>
  lanesBy(grouping, cells, (id) => cards.get(id), keys)

test('each card stands in exactly one lane, that of its first value', () => {
  const all = lanes('assignee', ['ann', 'jon', 'mia'])
  expect(all.map(({ key }) => key)).toEqual(['ann', 'jon', NO_VALUE])
  expect(all.map(({ count }) => count)).toEqual([1, 1, 1])
  expect(all[1]!.cells.get('todo')).toEqual(['a'])
})

test('a value nobody told the name of still has its lane, before the one without', () => {
  expect(lanes('assignee', ['ann']).map(({ key }) => key)).toEqual(['ann', 'jon', NO_VALUE])
})

test('cells keep the order of their column', () => {
  const [urgent] = lanes('priority', ['1', '2', '3', '4'])
  expect([...urgent!.cells]).toEqual([
    ['todo', ['a']],
    ['done', ['c']],
  ])
})
