import { expect, test } from 'vitest'
import { Allowance } from './allowance.ts'

test('so much may be taken at once, so much more each second, and never more than that is saved up', () => {
  const beganMs = Date.now()
  const allowance = new Allowance(100, 10)
  expect(allowance.takes(100, beganMs)).toBe(true)
  expect(allowance.takes(1, beganMs)).toBe(false)
  expect(allowance.takes(9, beganMs + 1_100)).toBe(true)
  expect(allowance.takes(100, beganMs + 60_000)).toBe(true)
  expect(allowance.takes(1, beganMs + 60_000)).toBe(false)
})
