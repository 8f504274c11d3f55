import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { density } from '../shell/density.ts'
import { DENSITIES } from '../shell/shown-density.ts'
import { CARD_PX, forgetHeights, heightOf, rememberHeight } from './card-heights.ts'
import { laneHeight } from './lane-height.ts'

afterEach(() => {
  density.value = 'regular'
  forgetHeights()
})

const card = { id: 'a', columnId: 'c', rank: 'a', number: 1, version: 1, title: 'Short' }
const tokens = readFileSync('ui/src/styles/tokens.css', 'utf8')
const block = (name: string) =>
  tokens.split(name === 'regular' ? ':root {' : `:root[data-density='${name}'] {`)[1]!.split('}')[0]
const token = (name: string, ofDensity: string) =>
  Number(new RegExp(`--card-${name}: (\\d+)px`).exec(block(ofDensity)!)?.[1])

test.each(DENSITIES)('a %s card is guessed with the paddings of the style sheet', (name) => {
  expect(CARD_PX[name]).toEqual({
    padding: token('padding', name),
    lines: token('lines', name),
    gap: token('gap', name),
  })
})

test('the looser the board, the higher its cards and lanes are guessed', () => {
  const lane = { key: 'k', cells: new Map([['c', ['a', 'b']]]), count: 2 }
  const heights = DENSITIES.map((name) => {
    density.value = name
    return [heightOf(card), laneHeight(lane, () => card)]
  })
  expect(heights).toEqual(heights.toSorted((a, b) => a[0]! - b[0]!))
  expect(new Set(heights.map(([px]) => px)).size).toBe(DENSITIES.length)
  expect(new Set(heights.map(([, px]) => px)).size).toBe(DENSITIES.length)
})

test('a measured height counts until it is forgotten', () => {
  rememberHeight(card, 99)
  expect(heightOf(card)).toBe(99)
  forgetHeights()
  expect(heightOf(card)).not.toBe(99)
})
