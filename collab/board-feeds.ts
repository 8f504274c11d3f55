import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { BoardEvent, BoardResume } from '#core/contracts/events.ts'
import { Id } from '#core/contracts/fields.ts'
import type { Log } from '#core/platform/log.ts'
import { BoardFeed, type Journal, type Viewer } from './board-feed.ts'
import { boards, publishLatencyMs } from './metrics.ts'

/** A lost hint is noticed after so long at the latest. */
const COMPARE_EVERY_MS = 2_000

/** Made by our own processes, so only what ordering depends on is checked. */
const Hint = z.object({
  boardId: Id,
  epoch: Id,
  events: z.array(z.looseObject({ offset: z.int() })),
})

/** The feeds of all boards somebody looks at here. */
export class BoardFeeds {
  readonly #journal: Journal
  readonly #log: Log
  readonly #feeds = new Map<string, BoardFeed>()

  constructor(journal: Journal, log: Log) {
    this.#journal = journal
    this.#log = log
  }

  async resume(boardId: string, viewer: Viewer, from: BoardResume): Promise<void> {
    const feed = this.#feeds.get(boardId) ?? new BoardFeed(boardId, this.#journal)
    this.#feeds.set(boardId, feed)
    boards.set(this.#feeds.size)
    await feed.resume(viewer, from)
  }

  leave(boardId: string, viewer: Viewer): void {
    const feed = this.#feeds.get(boardId)
    feed?.leave(viewer)
    if (feed?.isEmpty) this.#feeds.delete(boardId)
    boards.set(this.#feeds.size)
  }

  /** Takes what came over Redis, `{boardId, epoch, events}` as JSON; answers the events. */
  hint(message: string): readonly BoardEvent[] {
    const { data, error } = Hint.safeParse(parsed(message))
    if (error) {
      this.#log.error({ error }, 'a hint has not the form of one')
      return []
    }
    const events = data.events as unknown as BoardEvent[]
    const feed = this.#feeds.get(data.boardId)
    feed?.hint(data.epoch, events)
    const at = events.at(-1)?.at
    if (feed && at) publishLatencyMs.observe(Math.max(0, Date.now() - Date.parse(at)))
    return events
  }

  /** Compares all feeds with Postgres, one statement each time, until `signal` aborts. */
  async keepComparing(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#compare().catch((error: unknown) => {
        this.#log.warn({ error }, 'could not compare the boards with Postgres')
      })
      await sleep(COMPARE_EVERY_MS, undefined, { signal }).catch(() => {})
    }
  }

  async #compare(): Promise<void> {
    if (this.#feeds.size === 0) return
    const heads = await this.#journal.heads([...this.#feeds.keys()])
    for (const [boardId, feed] of this.#feeds) feed.compare(heads.get(boardId))
  }
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message)
  } catch {
    return null
  }
}
