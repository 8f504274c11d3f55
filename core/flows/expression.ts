import { Environment, type ASTNode } from '@marcbachmann/cel-js'
import {
  EXPRESSION_CHARS_MAX,
  EXPRESSION_DEPTH_MAX,
  EXPRESSION_LOOPS_MAX,
  EXPRESSION_NODES_MAX,
  EXPRESSION_WORK_MAX,
  OUTPUT_BYTES_MAX,
} from './limits.ts'
import { valueAt } from './path.ts'
import { sizeOf } from './size-of.ts'

/** They run once for each element, so their number decides what an expression can cost. */
const LOOPS = new Set(['all', 'exists', 'exists_one', 'filter', 'map'])
/** A regular expression can take for ever; the others can make a value longer again and again. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  matches: 'use contains, startsWith or endsWith',
  bind: 'use a step that sets a variable',
  join: 'use {{ list | join }} in a text',
}

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: EXPRESSION_NODES_MAX,
    maxDepth: EXPRESSION_DEPTH_MAX,
    maxListElements: 50,
    maxMapEntries: 20,
    maxCallArguments: 8,
  },
})

/** What is wrong with an expression, as a sentence, and the paths it reads. */
export interface Looked {
  readonly problem: string | null
  readonly paths: readonly (readonly string[])[]
}

/** Looks at an expression of CEL without running it. */
export function lookAtExpression(text: string): Looked {
  if (text.length > EXPRESSION_CHARS_MAX) {
    return wrong(`An expression has at most ${EXPRESSION_CHARS_MAX} characters: split it up.`)
  }
  const tree = parsed(text)
  if (typeof tree === 'string') return wrong(tree)
  const calls = callsIn(tree)
  const forbidden = calls.find((name) => Object.hasOwn(FORBIDDEN, name))
  if (forbidden) return wrong(`${forbidden}() is not offered: ${FORBIDDEN[forbidden]}.`)
  if (calls.filter((name) => LOOPS.has(name)).length > EXPRESSION_LOOPS_MAX) {
    return wrong('An expression goes through one list at most: use a for-each step.')
  }
  return { problem: null, paths: pathsIn(tree, new Set()) }
}

/** What an expression comes to. Throws what the library throws when it comes to nothing. */
export function evaluate(text: string, scope: Readonly<Record<string, unknown>>): unknown {
  const { problem, paths } = lookAtExpression(text)
  if (problem) throw new Error(problem)
  if (workOf(environment.parse(text).ast, scope) > EXPRESSION_WORK_MAX) {
    throw new Error('It goes through too much at once: use a for-each step, or a shorter list.')
  }
  const value: unknown = environment.evaluate(text, partOf(scope, paths) as Record<string, unknown>)
  if (sizeOf(value, OUTPUT_BYTES_MAX) > OUTPUT_BYTES_MAX) {
    throw new Error(`What it comes to may hold ${OUTPUT_BYTES_MAX / 1024} KB: let it give less.`)
  }
  return plain(value)
}

/** Rounds of the loop, if there is one, times what is read in each of them that is not the element. */
function workOf(node: ASTNode, scope: unknown): number {
  const loop = loopIn(node)
  if (!loop) return 0
  const read = (paths: string[][]) =>
    paths.reduce((sum, path) => sum + sizeOf(valueAt(scope, path), EXPRESSION_WORK_MAX), 0)
  const path = pathOf(loop.over)
  const list = path && valueAt(scope, path)
  const rounds = Array.isArray(list)
    ? list.length
    : lengthOf(loop.over) + read(pathsIn(loop.over, new Set()))
  return rounds * (1 + read(loop.body.flatMap((each) => pathsIn(each, new Set([loop.element])))))
}

/** How many elements what is written out can come to. */
function lengthOf(node: ASTNode): number {
  const own = node.op === 'value' && typeof node.args === 'string' ? node.args.length : 1
  return childrenOf(node).reduce((sum, child) => sum + lengthOf(child), own)
}

function parsed(text: string): ASTNode | string {
  try {
    return environment.parse(text).ast
  } catch (error) {
    return `It cannot be read: ${(error as Error).message.split('\n')[0]}.`
  }
}

const wrong = (problem: string): Looked => ({ problem, paths: [] })

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value
const argumentsOf = (node: ASTNode): unknown[] =>
  Array.isArray(node.args) ? (node.args as unknown[]).flat(2) : [node.args]
const childrenOf = (node: ASTNode): ASTNode[] => argumentsOf(node).filter(isNode)

interface Loop {
  readonly over: ASTNode
  readonly element: string
  readonly body: readonly ASTNode[]
}

/** The one loop an expression may have. */
function loopIn(node: ASTNode): Loop | undefined {
  const own = asLoop(node)
  if (own) return own
  for (const child of childrenOf(node)) {
    const loop = loopIn(child)
    if (loop) return loop
  }
  return undefined
}

function asLoop(node: ASTNode): Loop | undefined {
  if (node.op !== 'rcall' || !LOOPS.has(String(node.args[0]))) return undefined
  const [, over, [variable, ...body]] = node.args as unknown as [string, ASTNode, ASTNode[]]
  return { over, element: variable?.op === 'id' ? variable.args : '', body }
}

function callsIn(node: ASTNode): string[] {
  const own = node.op === 'call' || node.op === 'rcall' ? [String(argumentsOf(node)[0])] : []
  return [...own, ...childrenOf(node).flatMap(callsIn)]
}

/** Paths from a name on, as far as they are written out; `bound` are names the loops make. */
function pathsIn(node: ASTNode, bound: ReadonlySet<string>): string[][] {
  const path = pathOf(node)
  if (path) return bound.has(path[0]!) ? [] : [path]
  const loop = asLoop(node)
  if (!loop) return childrenOf(node).flatMap((child) => pathsIn(child, bound))
  const within = new Set([...bound, loop.element])
  return [...pathsIn(loop.over, bound), ...loop.body.flatMap((each) => pathsIn(each, within))]
}

function pathOf(node: ASTNode): string[] | null {
  if (node.op === 'id') return [node.args]
  if (node.op === '.' || node.op === '.?') {
    const before = pathOf(node.args[0])
    return before && [...before, node.args[1]]
  }
  if (node.op !== '[]' && node.op !== '[?]') return null
  const [base, key] = node.args
  const before = pathOf(base)
  return before && key.op === 'value' ? [...before, String(key.args)] : null
}

/** Of a scope what the paths lead to: a run remembers far more than one expression reads. */
function partOf(scope: unknown, paths: Looked['paths']): unknown {
  const isWhole = paths.some(({ length }) => length === 0)
  if (isWhole || typeof scope !== 'object' || scope === null || Array.isArray(scope)) {
    return exact(scope)
  }
  const byName = Map.groupBy(paths, ([name]) => name!)
  const parts = [...byName].flatMap(([name, some]) => {
    if (!Object.hasOwn(scope, name)) return []
    const rest = some.map((path) => path.slice(1))
    return [[name, partOf((scope as Record<string, unknown>)[name], rest)] as const]
  })
  return Object.fromEntries(parts)
}

/** Whole numbers as CEL counts, so that `card.points + 1` is one. */
function exact(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(exact)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, exact(each)]))
}

/** What goes on in the run is JSON. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  // As Postgres takes it: an expression can write NUL, and cut a character in half.
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed()
  if (value === null || ['boolean', 'number'].includes(typeof value)) return value
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Date) return value.toISOString()
  if (Object.getPrototypeOf(value) !== Object.prototype && !(value instanceof Map)) return null
  const entries = value instanceof Map ? [...value] : Object.entries(value as object)
  return Object.fromEntries(entries.map(([key, each]) => [String(key), plain(each)]))
}
