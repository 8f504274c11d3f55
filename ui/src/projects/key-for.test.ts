import { expect, test } from 'vitest'
import { ProjectKey } from '#core/contracts/fields.ts'
import { keyFor } from './key-for.ts'

test.each([
  ['Checkout', 'CHE'],
  ['Mobile app', 'MA'],
  ['Größe & Ordnung im Haus', 'GOI'],
  ['2nd try', 'NT'],
])('«%s» is offered the key %s', (name, key) => {
  expect(keyFor(name)).toBe(key)
  expect(ProjectKey.safeParse(keyFor(name)).success).toBe(true)
})

test.each(['', 'X', '移动', '42'])('«%s» offers no key', (name) => {
  expect(keyFor(name)).toBe('')
})
