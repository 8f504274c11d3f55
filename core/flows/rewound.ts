import type { Flow } from '#core/contracts/flows/flow.ts'
import type { RunState } from '#core/contracts/flows/run.ts'
import type { Step } from '#core/contracts/flows/step.ts'

/** Where a step stands: each block on the way to it, with its place there. */
type Way = readonly { readonly block: readonly Step[]; readonly at: number }[]

/**
 * Where a run stood before a step: what was done before is passed over, the step and what follows it
 * are done again, and so is what holds the step. Null when the flow has no such step, or the run
 * never came there. `key` names it in the run.
 */
export function rewound(flow: Flow, state: RunState, key: string, nowMs: number): RunState | null {
  const way = wayTo(flow.steps, idOf(key))
  if (!way || !state.steps[key]) return null
  const again = new Set(
    way.flatMap(({ block, at }, depth) =>
      idsIn(block.slice(depth === way.length - 1 ? at : at + 1)),
    ),
  )
  const holders = new Map(way.slice(0, -1).map(({ block, at }) => [block[at]!.id, block[at]!]))
  const prefix = prefixOf(key)
  const known = new Set(idsIn(flow.steps))
  const kept = Object.entries(state.steps).flatMap(([each, record]) => {
    const id = idOf(each)
    const isOfThis = each.startsWith(prefix) || prefix.startsWith(prefixOf(each))
    if (!known.has(id) || (again.has(id) && isOfThis)) return []
    const holder = holders.get(id)
    if (!holder || !isOfThis) return [[each, record] as const]
    const { error: _, output: __, ...rest } = record
    // What was tried is tried anew; loops go on in their round, branches on their way.
    const local = holder.type === 'try' ? {} : record.local
    return [[each, { ...rest, status: 'running' as const, local }] as const]
  })
  const { end: _, ...before } = state
  const steps = Object.fromEntries(kept)
  return { ...before, phase: 'steps', startedMs: nowMs, steps, undo: [], cards: 0 }
}

/** The step that failed and let the run fail, by its key. */
export function failedKey(state: RunState): string | null {
  const { end } = state
  if (end?.status !== 'failed') return null
  const failed = Object.entries(state.steps).filter(([, { status }]) => status === 'failed')
  return failed.find(([key]) => idOf(key) === end.error.step)?.[0] ?? null
}

const idOf = (key: string) => key.slice(key.lastIndexOf('.') + 1)
const prefixOf = (key: string) => key.slice(0, key.lastIndexOf('.') + 1)

function wayTo(block: readonly Step[], id: string): Way | null {
  for (const [at, step] of block.entries()) {
    if (step.id === id) return [{ block, at }]
    for (const inner of Object.values(step.blocks ?? {})) {
      const way = wayTo(inner, id)
      if (way) return [{ block, at }, ...way]
    }
  }
  return null
}

function idsIn(steps: readonly Step[]): string[] {
  return steps.flatMap(({ id, blocks }) => [id, ...Object.values(blocks ?? {}).flatMap(idsIn)])
}
