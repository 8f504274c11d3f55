import { expect, test } from 'vitest'
import { smallestEdit } from './smallest-edit.ts'

test.each([
  ['', 'return 1'],
  ['return 1', ''],
  ['return 1', 'return 1'],
  ['return 1', 'return 12'],
  ['aaa', 'aa'],
  ['aa', 'aaa'],
  ['let a\nreturn a', 'let a = 1\nreturn a'],
  ['return input.a', 'return input.b + input.a'],
])('%j becomes %j by one edit, which touches no more than it has to', (before, after) => {
  const { from, to, put } = smallestEdit(before, after)
  expect(before.slice(0, from) + put + before.slice(to)).toBe(after)
  const changed = Math.max(to - from, put.length)
  expect(changed).toBeLessThanOrEqual(Math.max(before.length, after.length))
})
