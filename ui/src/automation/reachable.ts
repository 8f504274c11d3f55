import { earlier } from '#core/contracts/flows/check-references.ts'
import { nodeOf } from '#core/contracts/flows/check-step.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { triggers } from '#core/contracts/flows/triggers.ts'
import { placedSteps, type Placed } from '#core/contracts/flows/walk.ts'
import type { DrawnFlow } from '#core/contracts/flows/drawn.ts'

/** Something a step can read: its path, and where it comes from. */
export interface Datum {
  readonly path: string
  /** A step, or what is there from the beginning. */
  readonly from: Step | 'card' | 'trigger' | 'vars' | 'run' | 'loop' | 'error'
}

/** What a card shows to flows. */
const CARD = [
  'title',
  'number',
  'columnId',
  'assignees',
  'labels',
  'dueOn',
  'priority',
  'points',
  'checklist',
  'id',
  'boardId',
]
const TRIGGER = ['type', 'at', 'actorId']

/** All a step may read, what is nearest first; for null, what the trigger's filter may. */
export function reachable(flow: DrawnFlow, stepId: string | null): Datum[] {
  const placed = placedSteps({ steps: [...flow.steps], onFailure: [...(flow.onFailure ?? [])] })
  const here = placed.find(({ step }) => step.id === stepId)
  const contract = Object.hasOwn(triggers, flow.trigger.type)
    ? triggers[flow.trigger.type]
    : undefined
  const card = contract?.about === 'card' ? CARD.map((name) => `card.${name}`) : []
  const given = [...(contract?.gives ?? []), ...TRIGGER].map((name) => `trigger.${name}`)
  const vars =
    stepId === null ? [] : Object.keys(flow.variables ?? {}).map((name) => `vars.${name}`)
  return [
    ...(here ? [...inBlocks(here), ...fromSteps(here)] : []),
    ...card.map((path) => ({ path, from: 'card' as const })),
    ...vars.map((path) => ({ path, from: 'vars' as const })),
    ...given.map((path) => ({ path, from: 'trigger' as const })),
    ...['flow.name', 'run.id', 'run.startedAt', 'now'].map((path) => ({
      path,
      from: 'run' as const,
    })),
  ]
}

function fromSteps(here: Placed): Datum[] {
  return earlier(here)
    .toReversed()
    .flatMap((step) =>
      (nodeOf(step.type)?.outputs ?? []).map((name) => ({
        path: `steps.${step.id}.${name}`,
        from: step,
      })),
    )
}

function inBlocks(here: Placed): Datum[] {
  const found: Datum[] = []
  for (let at: Placed | null = here; at; at = at.within) {
    if (at.within?.step.type === 'for-each' && at.block === 'do') {
      found.push(...['loop.item', 'loop.index'].map((path) => ({ path, from: 'loop' as const })))
    }
    if (at.block === 'catch' || at.block === 'onFailure') {
      found.push(
        ...['error.message', 'error.code', 'error.step'].map((path) => ({
          path,
          from: 'error' as const,
        })),
      )
    }
  }
  return found
}
