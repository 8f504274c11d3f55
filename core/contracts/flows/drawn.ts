import { asText } from '#core/flows/filters.ts'
import type { Step } from './step.ts'

/** What is drawn: a flow of which nothing needs to be right yet. */
export interface DrawnFlow {
  readonly schema: string
  readonly name: string
  readonly description?: string
  readonly trigger: {
    readonly type: string
    readonly with?: Readonly<Record<string, unknown>>
    readonly filter?: unknown
    readonly byFlows?: boolean
  }
  readonly variables?: Readonly<Record<string, unknown>>
  readonly limits?: Readonly<Record<string, unknown>>
  readonly steps: readonly Step[]
  readonly onFailure?: readonly Step[]
}

/** What came from a file or another program, in the form the designer works on. */
export function drawn(value: Readonly<Record<string, unknown>>): DrawnFlow {
  const { trigger, steps, onFailure } = value
  return {
    ...value,
    schema: 'pf.flow/1',
    name: typeof value['name'] === 'string' ? value['name'] : '',
    trigger:
      isObject(trigger) && typeof trigger['type'] === 'string'
        ? (trigger as unknown as DrawnFlow['trigger'])
        : { type: 'card.moved' },
    steps: stepsIn(steps),
    ...(onFailure !== undefined && { onFailure: stepsIn(onFailure) }),
  }
}

function stepsIn(value: unknown): Step[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((each: unknown) => (isObject(each) ? [stepOf(each)] : []))
}

function stepOf(value: Readonly<Record<string, unknown>>): Step {
  const { id, type, with: params, blocks } = value
  const inner = isObject(blocks)
    ? {
        blocks: Object.fromEntries(
          Object.entries(blocks).map(([name, all]) => [name, stepsIn(all)]),
        ),
      }
    : {}
  return {
    ...value,
    id: asText(id),
    type: asText(type),
    with: isObject(params) ? params : {},
    ...inner,
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
