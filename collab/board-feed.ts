import type { BoardEvent, BoardMessage, BoardResume } from '#core/contracts/events.ts'
import { RESUME_EVENTS_MAX } from '#core/kernel/limits.ts'

const EVENTS_PER_MESSAGE_MAX = 500

/** Somebody who is told of a board's events; a Hocuspocus connection is one. */
export interface Viewer {
  sendStateless(message: string): void
}

/** How far the numbering of a board's events has come. */
export interface BoardHead {
  readonly epoch: string
  readonly offset: number
}

/** What happened on boards, as Postgres knows it. */
export interface Journal {
  heads(boardIds: readonly string[]): Promise<ReadonlyMap<string, BoardHead>>
  head(boardId: string): Promise<BoardHead | undefined>
  /** In order and without gaps, beginning with the one after `offset`. */
  after(boardId: string, offset: number, eventsMax: number): Promise<readonly BoardEvent[]>
}

/**
 * The viewers of one board, and the place of each: the offset of the last event it was told.
 *
 * A hint goes at once to every viewer it continues. Whoever it does not continue is behind, and a
 * catch-up reads the journal from the last of them on, until all have been told what it holds.
 * One catch-up runs at a time; one that is asked for meanwhile follows it. A viewer the journal
 * cannot continue is reset: it reads the board again and resumes from there.
 */
export class BoardFeed {
  readonly #boardId: string
  readonly #journal: Journal
  /** Null while it is being found out whether the viewer can resume. */
  readonly #places = new Map<Viewer, number | null>()
  #epoch: string | null = null
  #catchUp: Promise<void> | null = null
  #again = false

  constructor(boardId: string, journal: Journal) {
    this.#boardId = boardId
    this.#journal = journal
  }

  get isEmpty(): boolean {
    return this.#places.size === 0
  }

  async resume(viewer: Viewer, { epoch, offset }: BoardResume): Promise<void> {
    this.#places.set(viewer, null)
    const head = await this.#journal.head(this.#boardId)
    if (!this.#places.has(viewer)) return
    const missing = head?.epoch === epoch ? head.offset - offset : -1
    if (!head || missing < 0 || missing > RESUME_EVENTS_MAX) return this.#reset(viewer)

    this.#follow(head)
    this.#places.set(viewer, offset)
    await this.catchUp()
    const place = this.#places.get(viewer)
    if (typeof place === 'number' && place < head.offset) this.#reset(viewer)
  }

  leave(viewer: Viewer): void {
    this.#places.delete(viewer)
  }

  /** Takes news that may be late, early, doubled or of another numbering. */
  hint(epoch: string, events: readonly BoardEvent[]): void {
    if (epoch === this.#epoch && !this.#tell(events)) this.#heal()
  }

  /** Compares with where the board is; a hint that was lost is noticed here. */
  compare(head: BoardHead | undefined): void {
    if (this.#epoch === null || !head) return
    this.#follow(head)
    if (this.#resumed().some(([, place]) => place < head.offset)) this.#heal()
  }

  /** Resolves when every viewer has been told what the journal holds. */
  async catchUp(): Promise<void> {
    this.#again = true
    this.#catchUp ??= this.#readOn()
    await this.#catchUp
  }

  async #readOn(): Promise<void> {
    // Nothing may end before `#catchUp` is set, or it would stay set for ever.
    await Promise.resolve()
    try {
      while (this.#again && this.#resumed().length > 0) {
        this.#again = false
        await this.#readPage()
      }
    } finally {
      this.#catchUp = null
    }
  }

  async #readPage(): Promise<void> {
    const from = Math.min(...this.#resumed().map(([, place]) => place))
    const events = await this.#journal.after(this.#boardId, from, EVENTS_PER_MESSAGE_MAX)
    const first = events[0]?.offset ?? 0
    for (const [viewer, place] of this.#resumed()) {
      // Who came meanwhile from further back was not read for; the next page begins with it.
      if (place >= from && place < first - 1) this.#reset(viewer)
    }
    this.#tell(events)
    if (events.length === EVENTS_PER_MESSAGE_MAX) this.#again = true
  }

  /** Tells each viewer what is new to it; false when somebody is too far behind for that. */
  #tell(events: readonly BoardEvent[]): boolean {
    const last = events.at(-1)
    if (!last || this.#epoch === null) return true
    const messages = new Map<number, string>()
    let allContinued = true
    for (const [viewer, place] of this.#resumed()) {
      if (place >= last.offset) continue
      const fresh = events.filter((event) => event.offset > place)
      if (fresh[0]!.offset !== place + 1) {
        allContinued = false
        continue
      }
      const message =
        messages.get(place) ?? text({ kind: 'events', epoch: this.#epoch, events: fresh })
      messages.set(place, message)
      this.#places.set(viewer, last.offset)
      viewer.sendStateless(message)
    }
    return allContinued
  }

  /** Failing is harmless: the next comparison asks again. */
  #heal(): void {
    this.catchUp().catch(() => {})
  }

  /** When the numbering began anew, no place of before means anything. */
  #follow(head: BoardHead): void {
    if (this.#epoch !== null && this.#epoch !== head.epoch) {
      for (const [viewer] of this.#resumed()) this.#reset(viewer)
    }
    this.#epoch = head.epoch
  }

  #reset(viewer: Viewer): void {
    this.#places.delete(viewer)
    viewer.sendStateless(text({ kind: 'reset' }))
  }

  #resumed(): [Viewer, number][] {
    return [...this.#places].filter((entry): entry is [Viewer, number] => entry[1] !== null)
  }
}

const text = (message: BoardMessage) => JSON.stringify(message)
