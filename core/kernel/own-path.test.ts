import { expect, test } from 'vitest'
import { isOwnPath } from './own-path.ts'

test.each(['/', '/boards/7?card=8#top', '/a//b', '/?next=https://elsewhere.example'])(
  'ASVS line 27: %j is an address of our own',
  (address) => {
    expect(isOwnPath(address)).toBe(true)
    expect(new URL(address, 'https://own.example').host).toBe('own.example')
  },
)

test.each([
  '',
  'boards/7',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '\\\\elsewhere.example',
  '/\t/elsewhere.example',
  '/\n/elsewhere.example',
  ' //elsewhere.example',
  'https://elsewhere.example',
  'javascript:alert(1)',
  `/${'a'.repeat(2_000)}`,
  undefined,
  ['/'],
])('ASVS line 27: %j is followed nowhere', (address) => {
  expect(isOwnPath(address)).toBe(false)
})
