import { expect, test } from 'vitest'
import { filtersFromQuery, trailQuery } from './trail-query.ts'

test('filters stand in the address, and what is no filter is left out', () => {
  expect(filtersFromQuery({ actorId: 'a', page: '2', decision: ['x', 'y'], action: '' })).toEqual({
    actorId: 'a',
  })
})

test('days back become an instant', () => {
  const query = trailQuery({ action: 'card.move', days: '7' }, Date.parse('2026-11-25T12:00:00Z'))
  expect(Object.fromEntries(query)).toEqual({
    action: 'card.move',
    from: '2026-11-18T12:00:00.000Z',
  })
  expect(Object.fromEntries(trailQuery({ days: 'many' }))).toEqual({})
})
