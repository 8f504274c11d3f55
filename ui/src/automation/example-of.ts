import { asText } from '#core/flows/filters.ts'
import { isObject, type DrawnFlow } from '#core/contracts/flows/drawn.ts'
import type { useTrying } from './use-trying.ts'

const CHARS_MAX = 60

/** What stood at a path when the flow was last tried, or stands there in what it is tried on; or nothing. */
export function exampleOf(
  path: string,
  flow: DrawnFlow,
  { tried, sample, outputOf }: ReturnType<typeof useTrying>,
): string {
  const [root = '', ...names] = path.split('.')
  const about = tried.value ?? sample.value
  const roots: Readonly<Record<string, unknown>> = {
    card: about?.card,
    trigger: about?.trigger,
    vars: flow.variables,
    flow: { name: flow.name },
    steps: { [names[0] ?? '']: outputOf(names[0] ?? '') },
  }
  const value = names.reduce<unknown>(
    (held, name) => (isObject(held) ? held[name] : undefined),
    roots[root],
  )
  const text = asText(value ?? '')
  return text.length > CHARS_MAX ? `${text.slice(0, CHARS_MAX)}…` : text
}
