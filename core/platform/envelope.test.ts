import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyIdOf, open, rewrap, seal, SealError } from './envelope.ts'
import { readKeyring } from './keyring.ts'

const aKey = () => randomBytes(32).toString('base64url')
const [older, newer] = [aKey(), aKey()]
const ring = readKeyring(older)
const PLAIN = Buffer.from('JBSWY3DPEHPK3PXP')
const CONTEXT = 'user_totp/1'

const codeOf = (failing: () => unknown): string => {
  try {
    failing()
  } catch (error) {
    if (error instanceof SealError) return error.code
    throw error
  }
  return 'opened'
}

test('ASVS line 43: a value opens where it was sealed, and shows nothing of itself', () => {
  const sealed = seal(ring, PLAIN, CONTEXT)
  expect(open(ring, sealed, CONTEXT)).toEqual(PLAIN)
  expect(sealed.includes(PLAIN)).toBe(false)
  expect(sealed.equals(seal(ring, PLAIN, CONTEXT))).toBe(false)
})

test('a value does not open in the place of another', () => {
  const sealed = seal(ring, PLAIN, CONTEXT)
  expect(codeOf(() => open(ring, sealed, 'user_totp/2'))).toBe('seal.damaged')
})

test('a value sealed with a key we do not have says which, apart from damage', () => {
  const sealed = seal(ring, PLAIN, CONTEXT)
  const stranger = readKeyring(newer)
  expect(codeOf(() => open(stranger, sealed, CONTEXT))).toBe('seal.wrong_key')
  expect(() => open(stranger, sealed, CONTEXT)).toThrow(ring.current.id)
})

test('ASVS line 44: no byte of a sealed value can be changed, and none left out', () => {
  const sealed = seal(ring, PLAIN, CONTEXT)
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    const isKeyId = at >= 1 && at <= 8
    const code = isKeyId ? 'seal.wrong_key' : 'seal.damaged'
    expect(
      codeOf(() => open(ring, changed, CONTEXT)),
      `byte ${at}`,
    ).toBe(code)
    expect(codeOf(() => open(ring, sealed.subarray(0, at), CONTEXT))).toBe('seal.damaged')
  }
})

test('more than 4 MB is neither sealed nor opened', () => {
  const large = Buffer.alloc(4 * 1024 * 1024 + 1)
  expect(codeOf(() => seal(ring, large, CONTEXT))).toBe('seal.too_large')
  expect(codeOf(() => open(ring, large, CONTEXT))).toBe('seal.too_large')
})

test('re-wrapped, a value opens with the new key alone, and in its place alone', () => {
  const both = readKeyring(`${newer}\n${older}`)
  const sealed = seal(ring, PLAIN, CONTEXT)
  const wrapped = rewrap(both, sealed)
  const alone = readKeyring(newer)
  expect(keyIdOf(wrapped)).toBe(alone.current.id)
  expect(open(alone, wrapped, CONTEXT)).toEqual(PLAIN)
  expect(codeOf(() => open(alone, wrapped, 'user_totp/2'))).toBe('seal.damaged')
  expect(open(both, sealed, CONTEXT)).toEqual(PLAIN)
})

test.each(['', 'short', `${aKey()}=`, [1, 2, 3, 4, 5].map(aKey).join(' ')])(
  '%j is no keyring',
  (text) => {
    expect(() => readKeyring(text)).toThrow('key')
  },
)
