import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { aKey } from '#tests/support/a-key.ts'
import { readUnsubscribeToken, unsubscribeToken } from './unsubscribe-token.ts'

const [KEY, ANN] = [aKey(), newId()]
const token = unsubscribeToken(KEY, { userId: ANN, kinds: ['mentioned', 'due'] })
const [, kinds, mac] = token.split('.') as [string, string, string]

test('a token says whose letters end, and which', () => {
  expect(readUnsubscribeToken(KEY, token)).toEqual({ userId: ANN, kinds: ['mentioned', 'due'] })
})

test.each([
  ['of somebody else', `${newId()}.${kinds}.${mac}`],
  ['of more kinds', `${ANN}.${kinds}-assigned.${mac}`],
  ['with more behind it', `${token}.more`],
  ['without a mark', `${ANN}.${kinds}`],
  ['of nothing', ''],
  ['made with another key', unsubscribeToken(aKey(), { userId: ANN, kinds: ['due'] })],
])('a token %s says nothing', (_, forged) => {
  expect(readUnsubscribeToken(KEY, forged)).toBeNull()
})
