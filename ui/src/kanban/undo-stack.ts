import type { Id } from '#core/kernel/ids.ts'
import type { Change } from './command.ts'

export const UNDO_STEPS_MAX = 50

/** One gesture that can be taken back, and what it did to the cards of this board. */
export interface Step {
  readonly gestureId: Id
  readonly changes: readonly Change[]
  /** The lanes of its commands: taking them back waits for them. */
  readonly lanes: readonly string[]
}

/** The last gestures of this person on this board. A new one ends what could be done again. */
export class UndoStack {
  #done: Step[] = []
  #undone: Step[] = []

  push(step: Step): void {
    this.#done = [...this.#done, step].slice(-UNDO_STEPS_MAX)
    this.#undone = []
  }

  /** The step to take back. */
  undo(): Step | undefined {
    return this.#done.pop()
  }

  /** The undo to take back. */
  redo(): Step | undefined {
    return this.#undone.pop()
  }

  /** Files the gesture that took a step back: taking that back is the redo. */
  wasUndone(by: Step): void {
    this.#undone = [...this.#undone, by].slice(-UNDO_STEPS_MAX)
  }

  /** Files the gesture that did a step again. */
  wasRedone(by: Step): void {
    this.#done = [...this.#done, by].slice(-UNDO_STEPS_MAX)
  }

  clear(): void {
    this.#done = []
    this.#undone = []
  }

  /** Takes a gesture out, wherever it stands: it was refused, or is taken back by itself. */
  take(gestureId: Id): Step | undefined {
    const isIt = (step: Step) => step.gestureId === gestureId
    const step = this.#done.find(isIt) ?? this.#undone.find(isIt)
    this.#done = this.#done.filter((other) => other !== step)
    this.#undone = this.#undone.filter((other) => other !== step)
    return step
  }
}
