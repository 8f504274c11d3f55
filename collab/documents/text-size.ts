import * as Y from 'yjs'
import { TEXT_BYTES_MAX } from '#core/kernel/limits.ts'

/** Measuring writes the whole text out; of one that is full it is done no more often. */
const MEASURE_EVERY_MS = 5_000

/** How large an open text is: what was stored of it is added up, and measured when it seems too much. */
export class TextSize {
  readonly #doc: Y.Doc
  #bytes: number
  #measuredAtMs = 0

  constructor(doc: Y.Doc, bytes: number) {
    this.#doc = doc
    this.#bytes = bytes
  }

  /** Whether so much more may be written. */
  admits(bytes: number, nowMs = Date.now()): boolean {
    if (this.#bytes + bytes <= TEXT_BYTES_MAX) return true
    if (nowMs - this.#measuredAtMs > MEASURE_EVERY_MS) {
      this.#measuredAtMs = nowMs
      this.#bytes = Y.encodeStateAsUpdate(this.#doc).length
    }
    return this.#bytes + bytes <= TEXT_BYTES_MAX
  }

  add(bytes: number): void {
    this.#bytes += bytes
  }
}
