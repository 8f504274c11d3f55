import { expect, test } from 'vitest'
import { CODE_CHARS_MAX } from '#core/flows/limits.ts'
import { FromEditor } from './from-editor.ts'

const written = { kind: 'written', text: 'return 1', count: 1 }

test('what the editor says in the agreed form is heard', () => {
  expect(FromEditor.parse(written)).toEqual(written)
  const fault = { kind: 'fault', fault: { line: 2, column: 9, why: 'Unexpected token' } }
  expect(FromEditor.parse(fault)).toEqual(fault)
})

test.each([
  ['no message', 'written'],
  ['of another kind', { kind: 'open', text: '' }],
  ['code that is too long', { ...written, text: 'x'.repeat(CODE_CHARS_MAX + 1) }],
  ['a text that is none', { ...written, text: { toString: 'x' } }],
  ['a count that is none', { ...written, count: Number.NaN }],
  ['more than was agreed', { ...written, path: '/api' }],
  ['a key that means nothing', { kind: 'key', key: 'publish' }],
  ['a height that is none', { kind: 'height', px: Infinity }],
])('nothing else is: %s', (_, said) => {
  expect(FromEditor.safeParse(said).success).toBe(false)
})
