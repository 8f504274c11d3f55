/** Some two hundred boards of 5,000 cards. */
const BYTES_MAX = 32 * 1024 * 1024

interface Kept {
  readonly head: string
  readonly body: Buffer
}

/**
 * Boards as they were last answered, packed, so that whoever reads one that has not changed costs
 * next to nothing. What is kept of a board goes with its head: the number of its last event, which
 * every change of a card moves on, and all that is not a card. Of too many, those asked for longest
 * ago are forgotten.
 */
export class KeptBoards {
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  /** The packed board, when it was kept under this head. */
  find(name: string, head: string): Buffer | undefined {
    const kept = this.#kept.get(name)
    if (kept?.head !== head) return undefined
    this.#kept.delete(name)
    this.#kept.set(name, kept)
    return kept.body
  }

  keep(name: string, head: string, body: Buffer): void {
    this.#forget(name)
    this.#kept.set(name, { head, body })
    this.#bytes += body.length
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= BYTES_MAX) return
      this.#forget(oldest)
    }
  }

  #forget(name: string): void {
    this.#bytes -= this.#kept.get(name)?.body.length ?? 0
    this.#kept.delete(name)
  }
}
