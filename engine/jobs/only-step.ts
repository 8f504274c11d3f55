import type { Flow } from '#core/contracts/flows/flow.ts'
import type { RunState } from '#core/contracts/flows/run.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import type { TryStart } from '#core/contracts/flows/trying.ts'
import { stateAtBeginning } from './run-state.ts'

/** The flow to try: all of it, or one step that reads what is pinned of those before. */
export function onlyStep({ flow, only, pins, nowMs }: TryStart): {
  flow: Flow
  state: RunState | undefined
} {
  const step = only === undefined ? undefined : found([...flow.steps, ...flow.onFailure], only)
  if (!step) return { flow, state: undefined }
  const pinned = Object.entries(pins).filter(([id]) => id !== only)
  const steps = pinned.map(([id, output]) => [
    id,
    { status: 'done' as const, failures: 0, local: {}, output },
  ])
  const state: RunState = {
    ...stateAtBeginning(flow, nowMs),
    steps: Object.fromEntries(steps) as RunState['steps'],
  }
  return { flow: { ...flow, steps: [step], onFailure: [] }, state }
}

function found(steps: readonly Step[], id: string): Step | undefined {
  for (const step of steps) {
    if (step.id === id) return step
    const within = found(Object.values(step.blocks ?? {}).flat(), id)
    if (within) return within
  }
  return undefined
}
