import { expect, test } from 'vitest'
import { isTokenText, newTokenText } from './api-token-text.ts'

test('a token is known by its form and its checksum', () => {
  const token = newTokenText()
  expect(token).toMatch(/^pf_[\w-]{43}_[0-9a-f]{8}$/)
  expect(isTokenText(token)).toBe(true)
  const last = token.endsWith('0') ? '1' : '0'
  expect(isTokenText(token.slice(0, -1) + last)).toBe(false)
  expect(isTokenText(token.toUpperCase())).toBe(false)
  expect(isTokenText('pf_')).toBe(false)
})
