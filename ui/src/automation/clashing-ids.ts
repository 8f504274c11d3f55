import { canonicalJson } from '#core/kernel/canonical-json.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { placedSteps } from '#core/contracts/flows/walk.ts'
import { type DrawnFlow } from '#core/contracts/flows/drawn.ts'
import { freeId } from './draft.ts'

/** Steps that two have added at once under the same id, with another one for mine. */
export function clashingIds(
  base: DrawnFlow,
  mine: DrawnFlow,
  theirs: DrawnFlow,
): ReadonlyMap<string, string> {
  const [old, my, their] = [stepsOf(base), stepsOf(mine), stepsOf(theirs)]
  const taken = new Set([...my.keys(), ...their.keys()])
  const names = new Map<string, string>()
  for (const [id, step] of my) {
    const other = their.get(id)
    if (old.has(id) || !other || canonicalJson(step) === canonicalJson(other)) continue
    const free = freeId(id, taken)
    taken.add(free)
    names.set(id, free)
  }
  return names
}

function stepsOf({ steps, onFailure = [] }: DrawnFlow): ReadonlyMap<string, Step> {
  const placed = placedSteps({ steps: [...steps], onFailure: [...onFailure] })
  return new Map(placed.map(({ step }) => [step.id, step]))
}
