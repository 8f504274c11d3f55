import { expect, test } from 'vitest'
import { excerptOf } from './excerpt.ts'

/** Marks as people can read them. */
const shown = (text: string, ...terms: string[]) =>
  excerptOf(text, terms).replaceAll('\u0002', '[').replaceAll('\u0003', ']')

test('all words that matched are marked, also in part or with a slip', () => {
  expect(shown('Fix Login and the logins', 'login')).toBe('Fix [Login] and the [logins]')
  expect(shown('Fix login', 'lgoin')).toBe('Fix [login]')
})

test('of a long text the part around the first match is shown, cut between words', () => {
  const text = `${'before '.repeat(40)}needle ${'after '.repeat(60)}`

  const excerpt = shown(text, 'needle')

  expect(excerpt).toMatch(/^…before before .*\[needle\] after .*after…$/)
  expect(excerpt.length).toBeLessThan(180)
})

test('a text without a match is shown from its beginning', () => {
  expect(shown('Nothing of the kind', 'needle')).toBe('Nothing of the kind')
})

test('a text cannot bring marks of its own, and lines become one', () => {
  expect(shown('a \u0002fake\u0003\nneedle', 'needle')).toBe('a  fake [needle]')
})

test('a letter of two code units is not cut', () => {
  expect(excerptOf('🦊'.repeat(200), ['x']).isWellFormed()).toBe(true)
  expect(excerptOf(`a${'🦊'.repeat(200)}`, ['x']).isWellFormed()).toBe(true)
})
