import type { z } from 'zod'
import { refuse } from './refuse.ts'

/** More would help nobody and make a large answer to a large mistake. */
const ISSUES_MAX = 10

/** Where in the request a value stood. */
export type Where = 'path' | 'query' | 'body' | 'headers'

/** The value as its contract describes it; refuses with what is wrong and where. */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: Where,
): z.infer<Schema> {
  const { data, error } = schema.safeParse(value)
  if (!error) return data
  const issues = error.issues
    .slice(0, ISSUES_MAX)
    .map(({ path, message }) => (path.length ? `${path.join('.')}: ${message}` : message))
  throw refuse('request.invalid', { [where]: issues })
}
