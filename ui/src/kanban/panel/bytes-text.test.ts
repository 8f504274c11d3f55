import { expect, test } from 'vitest'
import { bytesText } from './bytes-text.ts'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [75, '75 bytes'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [123_456, '123.5 kB'],
  [10 * 1024 * 1024, '10.5 MB'],
  [52_428_800, '52.4 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(bytesText(bytes, 'en')).toBe(text)
})

test('a size is told in the reader’s language', () => {
  expect(bytesText(1_500, 'de')).toBe('1,5 kB')
  expect(bytesText(75, 'de')).toBe('75 Byte')
})
