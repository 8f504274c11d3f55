import { expect, test } from 'vitest'
import { passwordFault } from './password-rules.ts'

const ANN = { name: 'Ann Margrave', email: 'ann.margrave@example.com' }
const fault = (password: string) => passwordFault(password, ANN, 12)

test.each([
  ['elevenchars', 'password.too_short'],
  ['🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂', 'password.too_short'],
  ['1qaz2wsx3edc', 'password.too_common'],
  ['Qwerty123456', 'password.too_common'],
  ['password2024!', 'password.too_common'],
  ['**Dragon**1990', 'password.too_common'],
  ['abababababab', 'password.too_common'],
  ['my projectflow login', 'password.personal'],
  ['a MARGRAVE of old', 'password.personal'],
  ['ann.margrave at work', 'password.personal'],
])('ASVS lines 1, 2: %s may not be a password', (password, code) => {
  expect(fault(password)).toBe(code)
})

test.each(['correct horse battery', 'Ünîcödé wörks too', 'tr0ub4dor&3-and-more', '9f8a61b02cd7e3'])(
  'ASVS line 1: %s may be one',
  (password) => {
    expect(fault(password)).toBeNull()
  },
)

test('ASVS line 1: a password may be as long as anybody likes', () => {
  expect(fault('correct horse battery '.repeat(40))).toBeNull()
})
