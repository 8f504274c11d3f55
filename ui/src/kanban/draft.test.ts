import { beforeEach, expect, test } from 'vitest'
import { keepDraft, keptDraft } from './draft.ts'

beforeEach(() => localStorage.clear())

test('a draft outlives the page until it is forgotten', () => {
  keepDraft('card.description', { text: 'Half a thought', baseVersion: 4 })
  expect(keptDraft('card.description')).toEqual({ text: 'Half a thought', baseVersion: 4 })
  expect(keptDraft('other.description')).toBeUndefined()
  keepDraft('card.description', undefined)
  expect(keptDraft('card.description')).toBeUndefined()
})

test.each(['not json', '{"text":1,"baseVersion":2}', '{"text":"x"}'])(
  'what is no draft (%s) is not taken for one',
  (stored) => {
    localStorage.setItem('projectflow.draft..card', stored)
    expect(keptDraft('card')).toBeUndefined()
  },
)
