import type { Doc } from 'yjs'
import type { Change } from './change.ts'

/**
 * The changes of each text that are on their way into the log, in its order, over whatever connection:
 * what one brings counts for the next before it is in the document.
 */
export class OnTheirWay {
  readonly #changes = new WeakMap<Doc, readonly Change[]>()

  of(doc: Doc): readonly Change[] {
    return this.#changes.get(doc) ?? []
  }

  add(doc: Doc, change: Change): void {
    this.#changes.set(doc, [...this.of(doc), change])
  }

  delete(doc: Doc, change: Change): void {
    this.#changes.set(
      doc,
      this.of(doc).filter((each) => each !== change),
    )
  }
}
