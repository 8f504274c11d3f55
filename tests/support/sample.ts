import { z } from 'zod'
import { newId } from '#core/kernel/ids.ts'

/** One of these fits each field a contract has; a new kind of field wants one more. */
const values = (): readonly unknown[] => [
  // Another each time: some names may not be taken twice.
  newId(),
  'WORD',
  'red',
  '2026-12-24',
  'ann@example.com',
  3,
  true,
  'warn',
  'csv',
  'read',
  'viewer',
  'due',
  '3',
  ['WORD'],
  [newId()],
  ['ann@example.com'],
  ['board.read'],
  { all: true },
  { kind: 'given', given: {} },
]

/** Something the schema takes, with no more fields than it has to have. */
export function sampleOf(schema: z.ZodType): unknown {
  if (schema instanceof z.ZodObject) return sampleObject(schema)
  if (schema instanceof z.ZodOptional) return sampleOf(schema.unwrap() as z.ZodType)
  const value = values().find((each) => schema.safeParse(each).success)
  if (value === undefined)
    throw new Error('The values in tests/support/sample.ts lack what it takes.')
  return value
}

/** Some contracts need no field in particular, but one. */
function sampleObject(schema: z.ZodObject): object {
  const fields = Object.entries(schema.shape) as [string, z.ZodType][]
  const isOptional = ([, field]: (typeof fields)[number]) => field instanceof z.ZodOptional
  const least = Object.fromEntries(
    fields.filter((field) => !isOptional(field)).map(([name, field]) => [name, sampleOf(field)]),
  )
  if (schema.safeParse(least).success) return least
  const [name, field] = fields.find(isOptional)!
  return { ...least, [name]: sampleOf(field) }
}
