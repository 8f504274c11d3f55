import { expect, test } from 'vitest'
import type { Intent } from './command.ts'
import { lanesOf } from './lanes.ts'

const create: Intent = { type: 'card.create', targetId: 'b', body: { columnId: 'k', title: 'New' } }
const move: Intent = { type: 'card.move', targetId: 'c', body: { columnId: 'k' } }

test('cards wait for the column they go to while it is being made', () => {
  const body = { columnId: 'k', name: 'New' }
  const column = lanesOf({ type: 'column.create', targetId: 'b', body }, undefined)
  expect(column).toContain('columns')
  for (const lanes of [lanesOf(create, 'n'), lanesOf(move, 'c')]) {
    expect(lanes.filter((lane) => column.includes(lane))).toEqual(['fill:k'])
  }
})

test('other columns may be filled and changed meanwhile', () => {
  const rename: Intent = { type: 'column.rename', targetId: 'k', body: { name: 'Other' } }
  expect(lanesOf(rename, undefined)).toEqual(['columns'])
  expect(lanesOf(move, 'c')).toEqual(['card:c', 'fill:k'])
})
