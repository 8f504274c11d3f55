import type { z } from 'zod'
import { FLOW_BYTES_MAX, JSON_DEPTH_MAX } from '#core/flows/limits.ts'
import { Flow } from './flow.ts'
import type { Problem } from './problem.ts'

/** The flow a JSON value is, with what it leaves out filled in, or why it is none. */
export function readFlow(value: unknown): { flow: Flow } | { problems: Problem[] } {
  // Depth first: what follows looks into it by calling itself.
  if (isDeeper(value, JSON_DEPTH_MAX)) {
    const message = `It has more than ${JSON_DEPTH_MAX} brackets within brackets: make it flatter.`
    return { problems: [{ code: 'flow.too_deep', message, path: '' }] }
  }
  const bytes = new TextEncoder().encode(JSON.stringify(value) ?? '').length
  if (bytes > FLOW_BYTES_MAX) {
    const message = `A flow has at most ${FLOW_BYTES_MAX / 1024} KB: move parts into a flow it calls.`
    return { problems: [{ code: 'flow.too_large', message, path: '' }] }
  }
  const read = Flow.safeParse(value)
  if (read.success) return { flow: read.data }
  return { problems: read.error.issues.map((issue) => problemOf(issue, '', 'flow.invalid')) }
}

export function problemOf(issue: z.core.$ZodIssue, prefix: string, code: Problem['code']): Problem {
  const path = [...(prefix ? [prefix] : []), ...issue.path.map(String)].join('/')
  // Our own words begin with what they say of the field.
  const isOurs = /^[a-z]/.test(issue.message)
  const message = `${isOurs ? `«${path.split('/').at(-1)}» ` : ''}${issue.message}.`
  return { code, message, path }
}

/** Whether objects and lists lie deeper in one another; does not call itself, however deep. */
export function isDeeper(value: unknown, depthMax: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; depth <= depthMax; depth += 1) {
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    )
    if (level.length === 0) return false
  }
  return true
}
