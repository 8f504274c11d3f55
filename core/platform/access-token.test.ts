import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { readToken, signToken, tokenKeys } from './access-token.ts'

const keys = tokenKeys(randomBytes(32).toString('base64url'))

test('a token tells whose it is', async () => {
  const token = await signToken(keys, 'api', 'ann')
  expect(await readToken(keys, 'api', token)).toMatchObject({ userId: 'ann', sessionId: null })
})

test('a token for one thing is no token for another', async () => {
  const token = await signToken(keys, 'api', 'ann')
  expect(await readToken(keys, 'queues', token)).toBeNull()
  expect(await readToken(keys, 'second-step', token)).toBeNull()
})

test('a token that is over, of another key or no token at all tells nobody', async () => {
  const stranger = tokenKeys(randomBytes(32).toString('base64url'))
  expect(await readToken(keys, 'api', await signToken(keys, 'api', 'ann', -1))).toBeNull()
  expect(await readToken(keys, 'api', await signToken(stranger, 'api', 'ann'))).toBeNull()
  expect(await readToken(keys, 'api', 'ann')).toBeNull()
})

test('a token that was read before is over when its time has come', async () => {
  vi.useFakeTimers()
  const token = await signToken(keys, 'api', 'ann', 60)
  expect(await readToken(keys, 'api', token)).toMatchObject({ userId: 'ann', sessionId: null })
  vi.advanceTimersByTime(61_000)
  expect(await readToken(keys, 'api', token)).toBeNull()
  vi.useRealTimers()
})
