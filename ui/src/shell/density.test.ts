import { beforeEach, expect, test } from 'vitest'
import { nextTick } from 'vue'
import { density } from './density.ts'
import { keep, kept } from './kept.ts'
import { chosenDensity, DENSITY_KEY, showDensity } from './shown-density.ts'

beforeEach(() => keep(DENSITY_KEY, null))

test('a page is regular until somebody chooses', () => {
  expect(chosenDensity()).toBe('regular')
  keep(DENSITY_KEY, 'squeezed')
  expect(chosenDensity()).toBe('regular')
})

test('what is chosen shows at once and on the next visit', async () => {
  density.value = 'compact'
  await nextTick()
  expect(document.documentElement.dataset['density']).toBe('compact')
  expect(kept(DENSITY_KEY)).toBe('compact')
  delete document.documentElement.dataset['density']
  showDensity(chosenDensity())
  expect(document.documentElement.dataset['density']).toBe('compact')
})
