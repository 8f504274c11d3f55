import type { Step } from '#core/contracts/flows/step.ts'
import { isObject, type DrawnFlow } from '#core/contracts/flows/drawn.ts'

/** Where a step stands or could stand: a block, as in `steps/1/blocks/yes`, and the place in it. */
export interface Place {
  readonly block: string
  readonly at: number
}

export const TRIGGER = 'trigger'

/** The steps of a block. */
export function blockOf(flow: DrawnFlow, block: string): readonly Step[] {
  return (
    (block.split('/').reduce<unknown>((value, part) => (value as never)?.[part], flow) as Step[]) ??
    []
  )
}

/** The flow with another list of steps in a block. */
function withBlock(flow: DrawnFlow, block: string, steps: readonly Step[]): DrawnFlow {
  return put(flow, block.split('/'), steps) as DrawnFlow
}

function put(value: unknown, [part, ...rest]: readonly string[], leaf: unknown): unknown {
  if (part === undefined) return leaf
  if (Array.isArray(value)) return value.with(Number(part), put(value[Number(part)], rest, leaf))
  const held = (value ?? {}) as Record<string, unknown>
  return { ...held, [part]: put(held[part], rest, leaf) }
}

/** Puts steps into a block before the one that stands at the place. */
export function insert(flow: DrawnFlow, { block, at }: Place, steps: readonly Step[]): DrawnFlow {
  return withBlock(flow, block, blockOf(flow, block).toSpliced(at, 0, ...steps))
}

export function remove(flow: DrawnFlow, { block, at }: Place): DrawnFlow {
  return withBlock(flow, block, blockOf(flow, block).toSpliced(at, 1))
}

/** Moves a step up or down in its block; at its end it stays. */
export function shift(flow: DrawnFlow, { block, at }: Place, by: 1 | -1): DrawnFlow {
  const steps = blockOf(flow, block)
  const to = at + by
  if (to < 0 || to >= steps.length) return flow
  const moved = steps.toSpliced(at, 1).toSpliced(to, 0, steps[at]!)
  return withBlock(flow, block, moved)
}

export function replace(flow: DrawnFlow, { block, at }: Place, step: Step): DrawnFlow {
  return withBlock(flow, block, blockOf(flow, block).with(at, step))
}

/** The ids of steps and of all steps in their blocks, in reading order. */
export function idsOf(steps: readonly Step[]): string[] {
  return steps.flatMap(({ id, blocks }) => [id, ...Object.values(blocks ?? {}).flatMap(idsOf)])
}

const allIds = (flow: DrawnFlow, others: readonly string[] = []) =>
  new Set([...idsOf(flow.steps), ...idsOf(flow.onFailure ?? []), ...others])

/**
 * Copies of steps under ids that are free in the flow, and not among `others`; what they read of each
 * other goes along.
 */
export function copies(
  flow: DrawnFlow,
  steps: readonly Step[],
  others: readonly string[] = [],
): Step[] {
  const taken = allIds(flow, others)
  const names = new Map<string, string>()
  for (const id of idsOf(steps)) {
    const free = freeId(id, taken)
    taken.add(free)
    names.set(id, free)
  }
  return steps.map((step) => renamed(step, names))
}

function renamed(step: Step, names: ReadonlyMap<string, string>): Step {
  const { blocks } = step
  const inner = blocks && {
    blocks: Object.fromEntries(
      Object.entries(blocks).map(([name, all]) => [name, all.map((each) => renamed(each, names))]),
    ),
  }
  const params = readOther(step.with, names) as Step['with']
  return { ...step, id: names.get(step.id) ?? step.id, with: params, ...inner }
}

/** The flow with other ids for some of its steps. */
export function withIds(flow: DrawnFlow, names: ReadonlyMap<string, string>): DrawnFlow {
  if (names.size === 0) return flow
  const all = (steps: readonly Step[]) => steps.map((step) => renamed(step, names))
  const { steps, onFailure } = flow
  return { ...flow, steps: all(steps), ...(onFailure && { onFailure: all(onFailure) }) }
}

/** Paths through `steps` follow the steps they name. */
function readOther(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\bsteps\.([a-z][a-z0-9_]*)/g, (all, id: string) =>
      names.has(id) ? `steps.${names.get(id)}` : all,
    )
  }
  if (Array.isArray(value)) return value.map((each) => readOther(each, names))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, readOther(each, names)]),
  )
}

const ID_CHARS_MAX = 32

/** An id made of a name, free among those that are taken. */
export function freeId(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .replace(/_?\d+$/, '')
  const base = (/^[a-z]/.test(plain) ? plain : `s_${plain}`).slice(0, ID_CHARS_MAX - 3)
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}_${number}`
    if (!taken.has(id)) return id
  }
}

/** A step of a node, under an id that is free in the flow and not among `others`. */
export function newStep(
  flow: DrawnFlow,
  type: string,
  blocks: readonly string[],
  others: readonly string[] = [],
): Step {
  const id = freeId(type.split('.').at(-1)!.replaceAll('-', '_'), allIds(flow, others))
  const empty = { blocks: Object.fromEntries(blocks.map((name) => [name, []])) }
  return { id, type, with: {}, ...(blocks.length > 0 && empty) }
}
