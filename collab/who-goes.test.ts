import { expect, test } from 'vitest'
import { whoGoes } from './who-goes.ts'

const LIMITS = { browsersMax: 3, tabsMax: 8 }

let opened = 100
const tabs = (browserId: string, count: number) =>
  Array.from({ length: count }, () => ({ browserId, socketId: `socket-${(opened += 1)}` }))

test('three browsers with eight tabs each stay', () => {
  expect(
    whoGoes(
      ['a', 'b', 'c'].flatMap((browser) => tabs(browser, 8)),
      LIMITS,
    ),
  ).toEqual([])
})

test('the browser that came longest ago goes with all its tabs when a fourth comes', () => {
  const [oldest, ...later] = [tabs('a', 2), tabs('b', 1), tabs('c', 1), tabs('d', 1)]
  expect(whoGoes([...later.flat(), ...oldest!], LIMITS)).toEqual(oldest!.toReversed())
})

test('a browser is as old as its newest tab', () => {
  const [first, second, third] = [tabs('a', 1), tabs('b', 1), tabs('c', 1)]
  const seats = [first, second, third, tabs('a', 1), tabs('d', 1)].flat()
  expect(whoGoes(seats, LIMITS)).toEqual(second)
})

test('of nine tabs of one browser the oldest goes', () => {
  const nine = tabs('a', 9)
  expect(whoGoes(nine, LIMITS)).toEqual([nine[0]])
})
