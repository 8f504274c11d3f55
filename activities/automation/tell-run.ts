import type { JobEvent } from '#core/contracts/jobs.ts'
import type { RunEnd } from '#core/contracts/flows/run.ts'
import type { StepLine } from './record-steps.ts'

type Why = Extract<JobEvent, { kind: 'step' }>['error']

/** A step as it is told to those who look on: what it was given and gave can be read with the run. */
export function stepEvent(line: Omit<StepLine, 'startedMs'>): JobEvent {
  const { key, stepId, type, label, status, endedMs } = line
  const error = line.error as Why
  const at = new Date(endedMs ?? Date.now()).toISOString()
  return { kind: 'step', at, key, stepId, type, label, status, ...(error && { error }) }
}

/** How a run stands, likewise. */
export function statusEvent(now: RunEnd | { readonly status: 'running' }): JobEvent {
  const error = now.status === 'failed' && { error: now.error }
  return { kind: 'status', at: new Date().toISOString(), status: now.status, ...error }
}
