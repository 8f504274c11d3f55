import { expect, test } from 'vitest'
import { syntaxFault } from './syntax-fault.ts'

test('the body of a function is code, and what is not is told with its place', () => {
  expect(syntaxFault('const a = input.a ?? 1\nreturn a')).toBeNull()
  expect(syntaxFault('return 1 +')).toEqual({ at: 10, why: 'Unexpected token' })
  expect(syntaxFault('let a\nlet a')?.at).toBe(10)
})
