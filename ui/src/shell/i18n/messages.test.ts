import { expect, test } from 'vitest'
import { ERRORS } from '#core/contracts/errors.ts'
import { de } from './de/messages.ts'
import { en } from './en/messages.ts'

function keysOf(part: object, prefix = ''): string[] {
  return Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value as object, `${prefix}${key}.`),
  )
}

test('both languages say the same things', () => {
  expect(keysOf(de).sort()).toEqual(keysOf(en).sort())
})

test.each([
  ['English', en],
  ['German', de],
])('%s has words for every code an answer can carry', (_, messages) => {
  expect(keysOf(messages.errors)).toEqual(expect.arrayContaining(Object.keys(ERRORS)))
})
