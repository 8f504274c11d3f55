import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { breaksOf } from './breaks.ts'
import { committed } from './publish.ts'
import { publishedContracts } from './published.ts'

describe.each(Object.entries(publishedContracts()))('published/%s', (name, contracts) => {
  test('is what the contracts say; if not, run npm run publish-contracts', async () => {
    expect(await committed(name)).toEqual(JSON.parse(JSON.stringify(contracts)))
  })

  test('holds all that clients were promised', async () => {
    expect(breaksOf((await committed(name)) ?? {}, contracts)).toEqual([])
  })
})

const input = (shape: z.ZodRawShape) => ({
  act: { input: z.toJSONSchema(z.strictObject(shape), { io: 'input' }) },
})
const output = (shape: z.ZodRawShape) => ({ View: z.toJSONSchema(z.strictObject(shape)) })

describe('a change of what clients send', () => {
  const before = input({ name: z.string().max(80), colour: z.enum(['red', 'blue']).optional() })

  test.each([
    ['the same', {}],
    ['a new optional field', { more: z.string().optional() }],
    ['a looser limit', { name: z.string().max(90) }],
    ['one more choice', { colour: z.enum(['red', 'blue', 'green']).optional() }],
    ['null as well', { name: z.string().max(80).nullable() }],
    ['a field that may be left out', { name: z.string().max(80).optional() }],
  ])('breaks nobody: %s', (_, change) => {
    const shape = { name: z.string().max(80), colour: z.enum(['red', 'blue']).optional() }
    expect(breaksOf(before, input({ ...shape, ...change }))).toEqual([])
  })

  test.each([
    ['a field is gone', { name: z.string().max(80) }, 'act/input/colour is gone'],
    [
      'a field is demanded',
      { name: z.string().max(80), colour: z.enum(['red', 'blue']) },
      'act/input/colour is now required',
    ],
    [
      'a tighter limit',
      { name: z.string().max(70), colour: z.enum(['red', 'blue']).optional() },
      'act/input/name has a tighter maxLength',
    ],
    [
      'one choice less',
      { name: z.string().max(80), colour: z.enum(['red']).optional() },
      'act/input/colour no longer takes blue',
    ],
    [
      'another type',
      { name: z.number(), colour: z.enum(['red', 'blue']).optional() },
      'act/input/name no longer takes string',
    ],
  ])('breaks somebody: %s', (_, shape, sentence) => {
    expect(breaksOf(before, input(shape))).toContain(sentence)
  })
})

describe('a change of what clients are sent', () => {
  const before = output({ id: z.string(), place: z.strictObject({ rank: z.string() }) })

  test('breaks nobody by telling more', () => {
    const place = z.strictObject({ rank: z.string(), column: z.string() })
    expect(breaksOf(before, output({ id: z.string(), place, more: z.string() }))).toEqual([])
  })

  test.each([
    ['gone', { place: z.strictObject({ rank: z.string() }) }, 'View/id is gone'],
    ['gone deep within', { id: z.string(), place: z.strictObject({}) }, 'View/place/rank is gone'],
    [
      'may be missing',
      { id: z.string().optional(), place: z.strictObject({ rank: z.string() }) },
      'View/id may now be missing',
    ],
    [
      'may be null',
      { id: z.string().nullable(), place: z.strictObject({ rank: z.string() }) },
      'View/id may now be null',
    ],
  ])('breaks somebody when something is %s', (_, shape, sentence) => {
    expect(breaksOf(before, output(shape as z.ZodRawShape))).toContain(sentence)
  })

  test('breaks somebody when a whole view or a code is gone', () => {
    expect(breaksOf(before, {})).toEqual(['View is gone'])
    expect(breaksOf({ codes: { a: 404 } }, { codes: { a: 410 } })).toEqual([
      'codes/a was 404 and is 410',
    ])
  })
})
