import { expect, test } from 'vitest'
import { initialsOf } from './initials.ts'

test.each([
  ['Ann Oduya', 'AO'],
  ['Mia', 'MI'],
  ['  Jean Luc  Picard ', 'JP'],
  ['Ö', 'Ö'],
  ['👩‍🚀 Z', '👩‍🚀Z'],
  ['', ''],
])('%j is shortened to %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
