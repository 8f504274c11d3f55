import { expect, test } from 'vitest'
import { partsOf, withMarks } from './marks.ts'

const shown = (marked: string) =>
  partsOf(marked)
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join('')

test('what the server marked is told apart from the rest', () => {
  expect(partsOf('Send the \u0002invoice\u0003')).toEqual([
    { text: 'Send the ', hit: false },
    { text: 'invoice', hit: true },
  ])
  expect(shown('\u0002one\u0003 or \u0002two\u0003')).toBe('[one] or [two]')
  expect(shown('nothing')).toBe('nothing')
})

test('typed words are marked wherever they stand, in any case', () => {
  expect(shown(withMarks('CHK-7 Renew the certificate', 'cert RENEW'))).toBe(
    'CHK-7 [Renew] the [cert]ificate',
  )
  expect(shown(withMarks('Is it C++ (or not)?', 'c++ (or'))).toBe('Is it [C++] [(or] not)?')
  expect(shown(withMarks('Nothing was typed', '  '))).toBe('Nothing was typed')
})

test('the server knows better what matched', () => {
  expect(shown(withMarks('\u0002Invoices\u0003 in time', 'in'))).toBe('[Invoices] in time')
})
