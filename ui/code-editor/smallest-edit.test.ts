import { expect, test } from 'vitest'
import { smallestEdit } from './smallest-edit.ts'

test.each([
  ['', 'return 1', [0, 0, 'return 1']],
  ['return 1', '', [0, 8, '']],
  ['return 1', 'return 1', [8, 8, '']],
  ['return 1', 'return 12', [8, 8, '2']],
  ['aaa', 'aa', [2, 3, '']],
  ['aa', 'aaa', [2, 2, 'a']],
  ['let a\nreturn a', 'let a = 1\nreturn a', [5, 5, ' = 1']],
  ['return input.a', 'return input.b + input.a', [13, 13, 'b + input.']],
  // Both begin with the same half of a character, and two of them end with one.
  ['"😀"', '"😁"', [1, 3, '😁']],
  ['"😀"', '"🨀"', [1, 3, '🨀']],
] as const)(
  '%j becomes %j by one edit, which touches no more than it has to',
  (before, after, edit) => {
    const { from, to, put } = smallestEdit(before, after)
    expect(before.slice(0, from) + put + before.slice(to)).toBe(after)
    expect([from, to, put]).toEqual(edit)
  },
)
