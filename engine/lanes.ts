import type { Command } from '#core/contracts/command.ts'
import { BATCH_BYTES_MAX, BATCH_COMMANDS_MAX } from '#core/kernel/limits.ts'

/** The engine is bound by CPU, so more at once only makes batches smaller and everyone slower. */
const BATCHES_AT_ONCE = 2
/** Unless they are small already: people each alone in a workspace have nobody to share one with. */
const COMMANDS_AT_ONCE = 16
const WAITING_PER_WORKSPACE_MAX = 512
/** A batch that takes longer no longer holds up the ones behind it. */
const PATIENCE_MS = 3_000
/**
 * Where several people work, those just answered are about to ask for their next. Waiting for the
 * first of them, and then for each other, this long makes one batch of what would be two in turn.
 */
const GATHER_MS = 12
/** However many keep coming, nobody waits longer for the others. */
const GATHER_MAX_MS = 48
/** Whoever waits longer for a turn is told to come again, for nobody waits for an answer forever. */
const TURN_LIMIT_MS = 6_000

export interface Waiting {
  readonly command: Command
  readonly bytes: number
  readonly sinceMs: number
}

interface Running {
  readonly startedMs: number
  readonly count: number
}

interface Lane<Item> {
  readonly waiting: Item[]
  readonly inFlight: Map<symbol, Running>
  /** Until when the next batch waits to be joined, at most and as it is, or until so many wait. */
  gather: { untilMs: number; readonly lastMs: number; readonly count: number } | undefined
}

/**
 * Decides what goes into the next batch. Per workspace one batch is in flight, over all workspaces
 * two, or as many small ones as hold sixteen commands together; what arrives meanwhile waits in its
 * workspace's lane and goes together into that lane's next batch, with those who come again right
 * after their answer. The lane whose first command has waited longest goes next, so that nobody
 * starves. Alone, a command finds its lane free and goes at once.
 */
export class Lanes<Item extends Waiting> {
  readonly #lanes = new Map<string, Lane<Item>>()

  /** Lets a command wait its turn; false when its workspace has too many waiting. */
  add(item: Item): boolean {
    const { workspaceId } = item.command
    const empty: Lane<Item> = { waiting: [], inFlight: new Map(), gather: undefined }
    const lane = this.#lanes.get(workspaceId) ?? empty
    if (lane.waiting.length >= WAITING_PER_WORKSPACE_MAX) return false
    lane.waiting.push(item)
    const { gather } = lane
    if (gather) gather.untilMs = Math.min(gather.lastMs, item.sinceMs + GATHER_MS)
    this.#lanes.set(workspaceId, lane)
    return true
  }

  /** Takes the next batch, and a mark to give back with `done`; undefined when none may start. */
  take(nowMs: number): { items: Item[]; mark: symbol } | undefined {
    const fresh = ({ startedMs }: Running) => nowMs - startedMs < PATIENCE_MS
    const lanes = [...this.#lanes.values()]
    if (isBusy(lanes.flatMap((lane) => [...lane.inFlight.values()].filter(fresh)))) return undefined
    const [lane] = lanes
      .filter((each) => ![...each.inFlight.values()].some(fresh) && isGathered(each, nowMs))
      .sort((a, b) => a.waiting[0]!.sinceMs - b.waiting[0]!.sinceMs)
    if (!lane) return undefined
    const mark = Symbol('batch')
    const items = lane.waiting.splice(0, batchLength(lane.waiting))
    lane.inFlight.set(mark, { startedMs: nowMs, count: items.length })
    lane.gather = undefined
    return { items, mark }
  }

  /** Takes out those who have waited too long for their turn; they will not be done. */
  giveUp(nowMs: number): Item[] {
    return [...this.#lanes].flatMap(([workspaceId, { waiting }]) => {
      const first = waiting.findIndex((item) => nowMs - item.sinceMs < TURN_LIMIT_MS)
      const late = waiting.splice(0, first === -1 ? waiting.length : first)
      this.#forget(workspaceId, nowMs)
      return late
    })
  }

  /** The batch is no longer in flight. */
  done(workspaceId: string, mark: symbol, nowMs: number): void {
    const lane = this.#lanes.get(workspaceId)
    const batch = lane?.inFlight.get(mark)
    if (!lane || !batch) return
    lane.inFlight.delete(mark)
    const both = lane.waiting.length + batch.count
    if (both > 1) {
      const count = Math.min(both, BATCH_COMMANDS_MAX)
      lane.gather = { untilMs: nowMs + GATHER_MS, lastMs: nowMs + GATHER_MAX_MS, count }
    }
    this.#forget(workspaceId, nowMs)
  }

  /**
   * How long until what holds up others no longer does; undefined when nothing waits. Whatever
   * `take` leaves waiting at a moment, this says when to ask it again, for the same moment.
   */
  patienceMs(nowMs: number): number | undefined {
    const lanes = [...this.#lanes.values()]
    if (lanes.every((lane) => lane.waiting.length === 0)) return undefined
    // The same sums as in `take`, so that rounding cannot call a lane busy there and free here.
    const left = lanes
      .flatMap(({ inFlight, gather }) => [
        ...Array.from(inFlight.values(), ({ startedMs }) => PATIENCE_MS - (nowMs - startedMs)),
        ...(gather ? [gather.untilMs - nowMs] : []),
      ])
      .filter((leftMs) => leftMs > 0)
    return left.length > 0 ? Math.min(...left) : undefined
  }

  /** A lane in which nothing waits and nothing runs is made anew when it is needed. */
  #forget(workspaceId: string, nowMs: number): void {
    const lane = this.#lanes.get(workspaceId)
    if (!lane || lane.waiting.length > 0 || lane.inFlight.size > 0) return
    if (lane.gather && nowMs < lane.gather.untilMs) return
    this.#lanes.delete(workspaceId)
  }
}

function isBusy(running: readonly Running[]): boolean {
  const commands = running.reduce((sum, { count }) => sum + count, 0)
  return running.length >= BATCHES_AT_ONCE && commands >= COMMANDS_AT_ONCE
}

/** Whether something waits, and nobody more is expected to join it. */
function isGathered({ waiting, gather }: Lane<Waiting>, nowMs: number): boolean {
  if (waiting.length === 0) return false
  return !gather || nowMs >= gather.untilMs || waiting.length >= gather.count
}

/** As many as fit, in order, and always at least one. */
function batchLength(waiting: readonly Waiting[]): number {
  let bytes = 0
  const fit = waiting.slice(0, BATCH_COMMANDS_MAX).findIndex((item, index) => {
    bytes += item.bytes
    return index > 0 && bytes > BATCH_BYTES_MAX
  })
  return fit === -1 ? Math.min(waiting.length, BATCH_COMMANDS_MAX) : fit
}
