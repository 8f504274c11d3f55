import { expect, test } from 'vitest'
import { means } from './similar.ts'

test.each([
  ['login', 'login'],
  ['logins', 'log'],
  ['login', 'lgoin'],
  ['login', 'logn'],
  ['login', 'loginn'],
  ['checkout', 'checkuot'],
  ['überblick', 'üebrblick'],
])('«%s» is what «%s» means', (word, term) => {
  expect(means(word, term)).toBe(true)
})

test.each([
  ['logic', 'login page'],
  ['log', 'login'],
  ['cat', 'cut'],
  ['board', 'bored'],
  ['payment', 'shipment'],
])('«%s» is not what «%s» means', (word, term) => {
  expect(means(word, term)).toBe(false)
})
