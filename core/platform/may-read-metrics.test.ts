import { expect, test } from 'vitest'
import { mayReadMetrics } from './may-read-metrics.ts'

const TOKEN = 'a token of thirty-two characters'
const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
  ({ headers, socket: { remoteAddress } }) as Parameters<typeof mayReadMetrics>[0]

test.each(['127.0.0.1', '::1', '10.1.2.3', '172.16.0.1', '::ffff:192.168.1.1', 'fd00::1'])(
  'ASVS line 49: who asks from %s reads the figures',
  (address) => expect(mayReadMetrics(from(address), undefined)).toBe(true),
)

test.each(['8.8.8.8', '172.32.0.1', '::ffff:8.8.8.8', '2001:db8::1', 'strange', undefined])(
  'ASVS line 49: who asks from %s does not',
  (address) => expect(mayReadMetrics(from(address), undefined)).toBe(false),
)

test.each(['forwarded', 'x-forwarded-for', 'x-real-ip'])(
  'nor does who comes through a proxy that says %s',
  (name) => expect(mayReadMetrics(from('10.0.0.1', { [name]: '10.0.0.2' }), undefined)).toBe(false),
)

test('with a token set, the token alone counts', () => {
  expect(mayReadMetrics(from('127.0.0.1'), TOKEN)).toBe(false)
  expect(mayReadMetrics(from('127.0.0.1', { authorization: 'Bearer wrong' }), TOKEN)).toBe(false)
  const headers = { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '8.8.8.8' }
  expect(mayReadMetrics(from('8.8.8.8', headers), TOKEN)).toBe(true)
})
