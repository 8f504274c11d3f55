import type { z } from 'zod'
import { asText } from '#core/flows/filters.ts'
import { refuseStep } from './refuse-step.ts'

/**
 * What an action takes, made of what templates gave. A text that is a single hole gives the value
 * itself; where a text is asked for, it becomes one.
 */
export function bodyOf<Body extends z.ZodType>(schema: Body, given: object): z.output<Body> {
  const read = schema.safeParse(given)
  if (read.success) return read.data
  const texts = read.error.issues.filter(
    (issue) =>
      issue.code === 'invalid_type' && issue.expected === 'string' && issue.path.length === 1,
  )
  const mended = Object.fromEntries(
    texts.map(({ path: [name] }) => [name, asText((given as Record<PropertyKey, unknown>)[name!])]),
  )
  const again = schema.safeParse({ ...given, ...mended })
  if (again.success) return again.data
  const [issue] = again.error.issues
  throw refuseStep('flow.value_invalid', `${issue!.path.join('.')}: ${issue!.message}.`)
}
