import { expect, test } from 'vitest'
import { loggedError } from './logged-error.ts'

const VALUE = 'a card’s title'

/** As the driver makes it, for a row that a constraint forbids. */
const fault = (code: string) =>
  Object.assign(new Error(`insert into cards values ($1) - broken by ${VALUE}`), {
    severity: 'ERROR',
    code,
    detail: `Failing row contains (${VALUE}).`,
    where: `PL/pgSQL function at ${VALUE}`,
    table: 'cards',
    constraint: 'cards_title_length',
  })

test.each(['22001', '23514', '40001', 'P0001', 'XX000'])('of fault %s no value is told', (code) => {
  const native = fault(code)
  const wrapped = Object.assign(new Error(native.message), { nativeError: native })
  const failed = new Error('The batch failed.', { cause: native })
  for (const error of [native, wrapped, failed]) {
    const logged = JSON.stringify(loggedError(error))
    expect(logged).not.toContain(VALUE)
    expect(logged).toContain(code)
    expect(logged).toContain('cards_title_length')
    expect(logged).toContain('logged-error.test.ts')
  }
})

test('a fault of the statement keeps its message, and any other error all it says', () => {
  expect(loggedError(fault('42P01'))).toMatchObject({ message: expect.stringContaining('insert') })
  const other = new Error('The engine is away.', { cause: new Error('refused') })
  expect(loggedError(other)).toMatchObject({
    message: 'The engine is away.',
    cause: { message: 'refused' },
  })
  expect(loggedError('text')).toBe('text')
})

test('causes that go round in a circle are told so far', () => {
  const error = new Error('round')
  error.cause = error
  expect(JSON.stringify(loggedError(error)).length).toBeLessThan(20_000)
})
