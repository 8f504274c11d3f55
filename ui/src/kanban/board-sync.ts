import type { BoardMessage } from '#core/contracts/events.ts'
import type { BoardView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import type { BoardState } from './board-state.ts'
import type { CommandQueue } from './command-queue.ts'

/** An answered command's events come within moments; without them the board is read again. */
const EVENTS_WAIT_MS = 5_000
const RELOAD_WAIT_MS = 2_000

export interface SyncPorts {
  readonly state: BoardState
  readonly queue: CommandQueue
  /** Reads the board; rejects when it cannot. */
  load(boardId: Id): Promise<BoardView>
  /** Asks the live connection, if there is one, for the events after this place. */
  resume(place: { epoch: Id; offset: number }): void
  /** The board could not be read. Answers whether trying again makes sense. */
  failed(error: unknown): boolean
}

/**
 * Keeps one open board's state in step with the server: applies what the live connection says,
 * asks for what is missing, and reads the whole board when that is the only way.
 */
export class BoardSync {
  readonly #ports: SyncPorts
  readonly boardId: Id
  #open = true
  #loading: Promise<void> | undefined
  #askedAt: number | undefined
  #timers = new Set<ReturnType<typeof setTimeout>>()

  constructor(boardId: Id, ports: SyncPorts) {
    this.boardId = boardId
    this.#ports = ports
  }

  /** Reads the board and then asks for what happened meanwhile. One read at a time. */
  async reload(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined
    })
    await this.#loading
  }

  receive(message: BoardMessage): void {
    const before = this.#ports.state.place?.offset
    const wanted = this.#ports.state.receive(message)
    const place = this.#ports.state.place
    if (!place) return
    if (place.offset !== before) {
      this.#askedAt = undefined
      this.#ports.queue.caughtUp(this.boardId, place.offset)
    }
    if (wanted === 'reload') void this.reload()
    if (wanted === 'resume') this.#resumeOnce(place.offset)
  }

  /** The live connection is there (again): it is told where we left off. */
  connected(): void {
    this.#askedAt = undefined
    const place = this.#ports.state.place
    if (place) this.#ports.resume(place)
  }

  /** A command of this board was answered; its events should follow, or were here first. */
  answered(): void {
    const place = this.#ports.state.place
    if (place) this.#ports.queue.caughtUp(this.boardId, place.offset)
    if (this.#waiting()) this.#later(EVENTS_WAIT_MS, () => this.#waiting() && void this.reload())
  }

  close(): void {
    this.#open = false
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  /** A gap is asked for once; when nothing has come by then, the board is read again. */
  #resumeOnce(offset: number): void {
    if (this.#askedAt === offset) return
    this.#askedAt = offset
    this.#ports.resume(this.#ports.state.place!)
    this.#later(RELOAD_WAIT_MS, () => this.#askedAt === offset && void this.reload())
  }

  #waiting(): boolean {
    return this.#ports.queue.of(this.boardId).some(({ state }) => state === 'answered')
  }

  async #load(): Promise<void> {
    try {
      const view = await this.#ports.load(this.boardId)
      if (!this.#open) return
      this.#ports.state.take(view)
      this.#askedAt = undefined
      this.#ports.queue.caughtUp(this.boardId, this.#ports.state.place!.offset)
      this.#ports.resume(this.#ports.state.place!)
    } catch (error) {
      if (this.#open && this.#ports.failed(error)) {
        this.#later(RELOAD_WAIT_MS, () => void this.reload())
      }
    }
  }

  #later(waitMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, waitMs)
    this.#timers.add(timer)
  }
}
