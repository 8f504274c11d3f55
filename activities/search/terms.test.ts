import { expect, test } from 'vitest'
import { exactQuery, termsOf, tolerantQuery } from './terms.ts'

test('words are what letters and digits make, once each, in lower case', () => {
  expect(termsOf('Fix LOGIN, fix (über) 2.0!')).toEqual(['fix', 'login', 'über', '2', '0'])
})

test('what is no word is nothing to look for', () => {
  expect(termsOf(" '; & | ! :* <-> ")).toEqual([])
})

test('a query asks for all words, each as a beginning', () => {
  expect(exactQuery(['fix', 'log'])).toBe('fix:* & log:*')
})

test('a tolerant query allows swapped and doubled letters in longer words only', () => {
  expect(tolerantQuery(['fix', 'lgoi'])).toBe(
    '(fix:*) & (lgoi:* | gloi:* | logi:* | lgio:* | goi:* | loi:* | lgi:* | lgo:*)',
  )
})
