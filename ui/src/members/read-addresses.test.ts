import { expect, test } from 'vitest'
import { readAddresses } from './read-addresses.ts'

test.each([
  ['', [], []],
  ['ann@example.com', ['ann@example.com'], []],
  ['ann@example.com, bob@example.com;cleo@example.com', ['ann', 'bob', 'cleo'], []],
  ['ann@example.com\nbob@example.com\n', ['ann', 'bob'], []],
  ['ann@example.com bob@example.com', ['ann', 'bob'], []],
  ['Ann Oduya <ann@example.com>, "B" <bob@example.com>', ['ann', 'bob'], []],
  ['Ann@Example.com\nann@example.com', ['ann'], []],
  ['ann, bob@example.com', ['bob'], ['ann']],
  ['ann@@example.com <>', [], ['ann@@example.com', '<>']],
])('%j holds the addresses it looks to', (text, names, others) => {
  const emails = names.map((name) => (name.includes('@') ? name : `${name}@example.com`))
  expect(readAddresses(text)).toEqual({ emails, others })
})
