import type { RunInput, RunState } from '#core/contracts/flows/run.ts'
import type { Frame } from '../nodes/node.ts'

/** What can be read at a step: of the steps done, the innermost rounds last. */
export function scopeOf(
  flowName: string,
  { trigger, card, runId, flowId }: RunInput,
  { startedMs, vars, steps }: RunState,
  frame: Frame,
  nowMs: number,
): Record<string, unknown> {
  return {
    trigger,
    ...(card && { card }),
    ...(frame.loop && { loop: frame.loop }),
    ...(frame.error && { error: frame.error }),
    vars,
    steps: Object.fromEntries(frame.prefixes.flatMap((prefix) => outputsAt(prefix, steps))),
    run: { id: runId, startedAt: new Date(startedMs).toISOString() },
    flow: { id: flowId, name: flowName },
    now: new Date(nowMs).toISOString(),
  }
}

/** By id, of the steps done in one round; their keys go on without another dot. */
function outputsAt(prefix: string, steps: RunState['steps']): [string, unknown][] {
  return Object.entries(steps).flatMap(([key, { status, output }]) => {
    const id = key.startsWith(prefix) ? key.slice(prefix.length) : '.'
    return status === 'done' && !id.includes('.') ? [[id, output] as [string, unknown]] : []
  })
}
