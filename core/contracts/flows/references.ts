import { lookAtExpression } from '#core/flows/expression.ts'
import { parsePath, type Path } from '#core/flows/path.ts'
import { isTemplate, parseTemplate } from '#core/flows/template.ts'
import { ASKED_LATER, VERBATIM } from '#core/flows/verbatim.ts'

/** A value something reads, or what is wrong with how it says so. */
export interface Reference {
  /** Where it is written. */
  readonly at: string
  readonly path?: Path
  readonly problem?: string
}

/** What a step's `with` reads: in templates anywhere, and in its conditions and expressions. */
export function referencesOf(
  type: string,
  params: Readonly<Record<string, unknown>>,
  at: string,
): Reference[] {
  return Object.entries(params).flatMap(([name, value]) => {
    if (VERBATIM[type]?.includes(name)) return []
    const here = `${at}/${name}`
    if (name === 'cel' && typeof value === 'string') return inExpression(value, here)
    return ASKED_LATER.includes(name) ? inCondition(value, here) : inTemplates(value, here)
  })
}

/** What a condition reads, or a list of cases with conditions. */
export function inCondition(value: unknown, at: string): Reference[] {
  if (typeof value === 'string') return inTemplates(value, at)
  if (typeof value !== 'object' || value === null) return []
  const { cel, field, op } = value as { cel?: unknown; field?: unknown; op?: unknown }
  if (typeof cel === 'string') return inExpression(cel, `${at}/cel`)
  const rest = Object.entries(value).flatMap(([name, each]) =>
    name === 'field' || name === 'op' ? [] : inCondition(each, `${at}/${name}`),
  )
  if (typeof field !== 'string' || op === undefined) return rest
  const path = parsePath(field)
  const problem = `«${field}» is no path: write names with dots, as in card.title.`
  return [path ? { at: `${at}/field`, path } : { at: `${at}/field`, problem }, ...rest]
}

function inExpression(text: string, at: string): Reference[] {
  const { problem, paths } = lookAtExpression(text)
  return problem ? [{ at, problem }] : paths.map((path) => ({ at, path }))
}

function inTemplates(value: unknown, at: string): Reference[] {
  if (typeof value === 'string') {
    if (!isTemplate(value)) return []
    const parts = parseTemplate(value)
    if (typeof parts === 'string') return [{ at, problem: parts }]
    return parts.flatMap((part) => (typeof part === 'string' ? [] : [{ at, path: part.path }]))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => inTemplates(each, `${at}/${name}`))
}
