import { expect, test } from 'vitest'
import { masked } from './masked.ts'

const SECRET = 'kü?ö/t>o~k en"1'

const base64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['as it is', SECRET],
  ['in JSON', JSON.stringify({ token: SECRET })],
  ['in JSON whose slashes are escaped', JSON.stringify(SECRET).replaceAll('/', String.raw`\/`)],
  ['in an address', encodeURIComponent(SECRET)],
  ['in an address, in small letters', encodeURIComponent(SECRET).toLowerCase()],
  ['in a form', new URLSearchParams({ SECRET }).toString()],
  ['in base64', base64(SECRET)],
  ['in base64 behind a name', base64(`ann:${SECRET}`)],
  ['in base64 behind another name', base64(`anna:${SECRET}`)],
  ['in base64 behind a third name, with more', base64(`annab:${SECRET} and more`)],
  ['in base64 for addresses', Buffer.from(`x:${SECRET}`).toString('base64url')],
  ['in hexadecimal', Buffer.from(SECRET).toString('hex')],
])('a secret is hidden %s', (_, text) => {
  const shown = masked(`before ${text} after`, [SECRET])
  expect(shown).toMatch(/^before .*•••.* after$/)
  const core = Buffer.from(SECRET).subarray(2, -2)
  for (const encoding of ['utf8', 'base64', 'base64url', 'hex'] as const) {
    expect(decoded(shown, encoding).includes(core)).toBe(false)
  }
})

/** What the longest word of a text says in an encoding. */
const decoded = (text: string, encoding: BufferEncoding) =>
  Buffer.concat(text.split(/[\s•]+/).map((word) => Buffer.from(word, encoding)))

test('what is no secret stays, and so does everything where there is none', () => {
  expect(masked('a word', ['other'])).toBe('a word')
  expect(masked('a word', [''])).toBe('a word')
})

test('of two secrets of which one begins like the other nothing is left over', () => {
  expect(masked('abcdef-abc', ['abc', 'abcdef'])).toBe('•••-•••')
})
