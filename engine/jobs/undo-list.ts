import type { TakeBack } from '#core/contracts/flows/run.ts'
import { failureOf } from '../nodes/failures.ts'
import type { Here } from '../nodes/node.ts'
import { filled } from './filled.ts'
import type { RunActs } from './run-acts.ts'
import type { RunBreaks } from './run-breaks.ts'
import type { RunParts } from './run-parts.ts'

/** What a run did that can be taken back. */
export class UndoList {
  readonly #run: Pick<RunParts, 'ports' | 'scope' | 'state'>
  readonly #acts: RunActs
  readonly #breaks: RunBreaks

  constructor(
    run: Pick<RunParts, 'ports' | 'scope' | 'state'>,
    { acts, breaks }: { acts: RunActs; breaks: RunBreaks },
  ) {
    this.#run = run
    this.#acts = acts
    this.#breaks = breaks
  }

  get length(): number {
    return this.#run.state.undo.length
  }

  /** What takes a step back is filled in now, while everything it reads is at hand. */
  remember({ step, frame, key }: Here): void {
    const steps = step.blocks?.['undo']
    if (!steps) return
    const takeBack = steps.map((each) => ({
      id: each.id,
      type: each.type,
      with: filled(each, (value) => this.#run.scope.fill(value, frame)),
    }))
    this.#run.state.undo.push({ key, steps: takeBack })
  }

  /** Last one first; what cannot be taken back is reported and left. */
  async takeBack(): Promise<void> {
    while (this.length > 0) {
      this.#breaks.suspendHere()
      // Taken out before it is done, as another branch may take back too. Nothing ends in between.
      const { key, steps } = this.#run.state.undo.pop()!
      for (const step of steps) await this.#takeBackOne(`${key}/undo/${step.id}`, step)
    }
  }

  async #takeBackOne(key: string, step: TakeBack['steps'][number]): Promise<void> {
    const { ports } = this.#run
    const report = { key, stepId: step.id, type: step.type, label: step.id }
    try {
      const output = await this.#acts.act(key, step)
      ports.report({ ...report, status: 'taken back', atMs: ports.now(), output })
    } catch (thrown) {
      const error = failureOf(thrown, step.id)
      ports.report({ ...report, status: 'failed', atMs: ports.now(), error })
    }
  }
}
