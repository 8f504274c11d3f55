import { expect, test } from 'vitest'
import { Answers } from './answers.ts'

const head = [4, ...new TextEncoder().encode('card')]
const [all, change] = [0, 0].map((sync, index) => Uint8Array.of(...head, sync, index + 1, 9)) as [
  Uint8Array,
  Uint8Array,
]
const stored = Uint8Array.of(...head, 8, 1)
const refused = Uint8Array.of(...head, 8, 0)

function opened(): Answers {
  const answers = new Answers('card')
  answers.opened()
  return answers
}

test('an answer to a change is not taken for the answer to what was written while away', () => {
  const answers = opened()
  answers.sent(change)
  answers.sent(all)
  answers.heard(stored)
  expect(answers.areAllSaved).toBe(false)
  answers.heard(stored)
  expect(answers.areAllSaved).toBe(true)
})

test('what was refused is not saved until the whole text is taken', () => {
  const answers = opened()
  for (const [sent, answer] of [
    [all, stored],
    [change, refused],
    [change, stored],
  ] as const) {
    answers.sent(sent)
    answers.heard(answer)
  }
  expect(answers.areAllSaved).toBe(false)
  answers.sent(all)
  answers.heard(stored)
  expect(answers.areAllSaved).toBe(true)
})

test('another socket begins anew, and messages of other texts are nothing', () => {
  const answers = opened()
  answers.sent(all)
  answers.heard(stored)
  answers.sent(Uint8Array.of(5, ...new TextEncoder().encode('other'), 0, 2))
  expect(answers.areAllSaved).toBe(true)
  answers.opened()
  expect(answers.areAllSaved).toBe(false)
})
