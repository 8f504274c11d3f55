import { asText } from '#core/flows/filters.ts'
import { isObject, type DrawnFlow } from '#core/contracts/flows/drawn.ts'
import type { Choice, Resources } from './use-resources.ts'
import type { useTrying } from './use-trying.ts'

const CHARS_MAX = 60
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** What stood at a path when the flow was last tried, or stands there in what it is tried on; or nothing. */
export function exampleOf(
  path: string,
  flow: DrawnFlow,
  { tried, sample, outputOf }: ReturnType<typeof useTrying>,
  known: Resources,
): string {
  const [root = '', ...names] = path.split('.')
  const choices = Object.values(known).flat() as Choice[]
  /** What an id stands for; one that stands for nothing we know says nothing. */
  const words = (each: unknown) => {
    const text = asText(each)
    return choices.find(({ value }) => value === text)?.text ?? (ID.test(text) ? '' : text)
  }
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
  const text = [value].flat().map(words).filter(Boolean).join(', ')
  return text.length > CHARS_MAX ? `${text.slice(0, CHARS_MAX)}…` : text
}
