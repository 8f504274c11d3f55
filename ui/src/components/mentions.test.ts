import { expect, test } from 'vitest'
import { mentionBefore, mentionsIn, partsOf, withMention } from './mentions.ts'

const ANN = { id: 'a', name: 'Ann' }
const ANN_ODUYA = { id: 'b', name: 'Ann Oduya' }
const PEOPLE = [ANN, ANN_ODUYA]

test.each([
  ['Ask @An', 7, 'An'],
  ['@', 1, ''],
  ['(@Ann Od', 8, 'Ann Od'],
  ['mail ann@example.com', 20, undefined],
  ['nobody', 6, undefined],
])('in %j at %i the name being typed is %j', (text, caret, typed) => {
  expect(mentionBefore(text, caret)).toBe(typed)
})

test('a chosen name takes the place of what was typed, and the caret stands behind it', () => {
  expect(withMention('Ask @an please', 7, 'Ann Oduya')).toEqual(['Ask @Ann Oduya please', 15])
})

test('whole names are mentions, each person once, the longer name first', () => {
  expect(mentionsIn('@Ann Oduya and @Ann Oduya, not @Annabel', PEOPLE)).toEqual(['b'])
  expect(mentionsIn('@Ann, @Ann Oduya', PEOPLE)).toEqual(['a', 'b'])
})

test('the parts put together are the text', () => {
  const text = 'Hi @Ann Oduya! See @nobody.'
  expect(partsOf(text, PEOPLE)).toEqual([
    { text: 'Hi ' },
    { text: '@Ann Oduya', memberId: 'b' },
    { text: '! See @nobody.' },
  ])
})
