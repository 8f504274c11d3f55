import type { Act, Acted, StepReport } from '#core/contracts/flows/run.ts'

/** What the interpreter needs of the world; a workflow and a virtual clock provide it. */
export interface RunPorts {
  /** Throws a StepFailure when it will never be done. */
  act(asked: Act): Promise<Acted>
  /** Resolves when `ready` says so or the time is over, whatever comes first. */
  wait(ms: number, ready: () => boolean): Promise<void>
  now(): number
  random(): number
  report(line: StepReport): void
  /** Whether the run follows a rule that came later: not where it has gone on without it before. */
  patched(change: string): boolean
}
