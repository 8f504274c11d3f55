import { durationMs } from '#core/flows/duration.ts'
import { Interrupted, type Interruption } from '../nodes/failures.ts'
import type { RunParts } from './run-parts.ts'

/** What breaks a run off between its steps: somebody's wish, a step that stops it, or its time. */
export class RunBreaks {
  readonly #run: Pick<RunParts, 'flow' | 'ports' | 'state'>
  interruption: Interruption | null = null

  constructor(run: Pick<RunParts, 'flow' | 'ports' | 'state'>) {
    this.#run = run
  }

  /** Refuses to begin a step when the run is to end or to go on elsewhere, or its time is over. */
  goOn(): void {
    const { state, flow, ports } = this.#run
    if (state.phase !== 'steps') return this.suspendHere()
    if (this.interruption) throw new Interrupted(this.interruption)
    if (ports.now() < this.#deadlineMs()) return
    const reason = `It has run for longer than ${flow.limits.runsFor}.`
    throw new Interrupted({ kind: 'cancelled', reason })
  }

  suspendHere(): void {
    if (this.interruption?.kind === 'suspended') throw new Interrupted(this.interruption)
  }

  /** One that ends the run also ends what runs beside it. */
  passOn(error: Interrupted): never {
    if (error.why.kind === 'stopped') this.interruption = error.why
    throw error
  }

  /** True as soon as it is ready, false when the time has come before. */
  async until(deadlineMs: number, ready: () => boolean): Promise<boolean> {
    const { ports } = this.#run
    const endMs = Math.min(deadlineMs, this.#deadlineMs())
    const leftMs = endMs - ports.now()
    if (leftMs > 0 && !ready()) {
      await ports.wait(leftMs, () => ready() || this.interruption !== null)
    }
    if (ready()) return true
    // Whoever is woken without what it waits for is interrupted, or its time is over.
    if (ports.now() < deadlineMs) this.goOn()
    return false
  }

  #deadlineMs(): number {
    const { state, flow } = this.#run
    if (state.phase !== 'steps') return Infinity
    return state.startedMs + (durationMs(flow.limits.runsFor) ?? Infinity)
  }
}
