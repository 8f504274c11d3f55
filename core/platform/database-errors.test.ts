import { expect, test } from 'vitest'
import { isPassing, refusalOf } from './database-errors.ts'

const anError = (code: string, constraint?: string) =>
  Object.assign(new Error('as the driver throws it'), { code, constraint })

test.each([
  ['a deadlock', '40P01'],
  ['a statement that took too long', '57014'],
  ['a server that is shut down', '57P01'],
  ['a server that starts', '57P03'],
  ['a standby that takes over', '25006'],
  ['a connection that is refused', 'ECONNREFUSED'],
  ['a host that is gone for a moment', 'EHOSTUNREACH'],
  ['a name that is not known for a moment', 'EAI_AGAIN'],
])('%s passes by itself', (_, code) => {
  expect(isPassing(anError(code))).toBe(true)
})

test.each(['timeout expired', 'Connection terminated unexpectedly', 'Connection terminated'])(
  'what the driver says of a server that hangs passes: %s',
  (words) => {
    expect(isPassing(new Error(words))).toBe(true)
  },
)

test('an outcome somebody else is writing is there on the next try', () => {
  expect(isPassing(anError('23505', 'outcomes_pkey'))).toBe(true)
})

test('a constraint people run into is a refusal, and trying again does not help', () => {
  const taken = anError('23505', 'labels_name_unique')
  expect(refusalOf(taken)?.code).toBe('label.name_taken')
  expect(isPassing(taken)).toBe(false)
})

test('what is wrong in our SQL does not pass', () => {
  expect(isPassing(anError('42703'))).toBe(false)
})
