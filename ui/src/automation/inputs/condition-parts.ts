import { isObject } from '#core/contracts/flows/drawn.ts'

/** A test as it is written in a form. */
export interface Test {
  readonly field: string
  readonly op: string
  readonly value?: unknown
}

/** What a form can show of a condition: tests of which all or any have to hold, or an expression. */
export type Shown =
  | { readonly kind: 'tests'; readonly of: 'all' | 'any'; readonly tests: readonly Test[] }
  | { readonly kind: 'cel'; readonly cel: string }
  /** Groups within groups: written as JSON. */
  | { readonly kind: 'json' }

/** Relations that ask for no value. */
export const ALONE = new Set(['is empty', 'is set', 'is before now', 'is after now'])

const isTest = (value: unknown): value is Test =>
  isObject(value) && typeof value['field'] === 'string' && typeof value['op'] === 'string'

/** How a condition is shown. */
export function shown(condition: unknown): Shown {
  if (condition === undefined) return { kind: 'tests', of: 'all', tests: [] }
  if (isTest(condition)) return { kind: 'tests', of: 'all', tests: [condition] }
  if (!isObject(condition)) return { kind: 'json' }
  if (typeof condition['cel'] === 'string') return { kind: 'cel', cel: condition['cel'] }
  for (const of of ['all', 'any'] as const) {
    const tests = condition[of]
    if (Array.isArray(tests) && tests.every(isTest)) return { kind: 'tests', of, tests }
  }
  return { kind: 'json' }
}

/** The condition of some tests; none of them is no condition. */
export function conditionOf(of: 'all' | 'any', tests: readonly Test[]): unknown {
  if (tests.length === 0) return undefined
  return tests.length === 1 ? tests[0] : { [of]: tests }
}

/** What is typed as the value of a test: numbers, yes and no are themselves, the rest is a text. */
export function valueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  return text.trim() !== '' && /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text
}

const SIGNS: Readonly<Record<string, string>> = {
  '>': 'over',
  '>=': 'least',
  '<': 'under',
  '<=': 'most',
}

/** The name of a relation among the words. */
export const opKey = (op: string): string => SIGNS[op] ?? op.replaceAll(' ', '_')
