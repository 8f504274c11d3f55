import { Readable } from 'node:stream'
import { Refusal } from '#core/kernel/refusal.ts'
import { signedIn } from '../middleware/authentication.ts'
import type { Call } from '../route.ts'
import { countStream } from './open-streams.ts'

/** Rights, sessions and what nobody heard of are looked at so often. */
const LOOK_EVERY_MS = 2_000
/** A proxy that hears nothing for longer may end the connection. */
const HEARTBEAT_EVERY_MS = 25_000

/** One thing that is told; who comes back says the id of the last as Last-Event-ID. */
export interface Told {
  readonly id?: string
  readonly data: unknown
}

export interface Source {
  /** What is new since it was last asked; refuses whoever may not be told any more. */
  next(): Promise<{ readonly told: readonly Told[]; readonly isOver: boolean }>
  /** Resolves when there may be more, after so long at the latest. */
  heard(limitMs: number, signal: AbortSignal): Promise<void>
}

type Asked = Pick<Call<unknown, unknown, unknown>, 'ctx' | 'parts' | 'userId'>

/**
 * Answers with server-sent events until the source is over, the caller goes or may not be told any
 * more. A refusal at first is an ordinary answer; a later one is told as the event `refused`.
 */
export async function tell({ ctx, parts, userId }: Asked, source: Source): Promise<void> {
  const first = await source.next()
  if (!ctx.writable) return
  const countOff = countStream(ctx, userId)
  const gone = new AbortController()
  // Whether or not anything was ever read of it.
  ctx.res.once('close', () => {
    countOff()
    gone.abort()
  })

  async function* pages() {
    let saidAtMs = Date.now()
    try {
      // Also when there is nothing to tell yet: the head goes out with it.
      yield `: here\n\n${text(first.told)}`
      for (let isOver = first.isOver; !isOver;) {
        await source.heard(LOOK_EVERY_MS, gone.signal)
        if (gone.signal.aborted) return
        await signedIn(ctx, parts)
        const page = await source.next()
        isOver = page.isOver
        const isLate = Date.now() - saidAtMs >= HEARTBEAT_EVERY_MS
        if (page.told.length === 0 && !isLate) continue
        saidAtMs = Date.now()
        yield page.told.length > 0 ? text(page.told) : ': still here\n\n'
      }
    } catch (error) {
      if (error instanceof Refusal) yield `event: refused\ndata: ${JSON.stringify(error.code)}\n\n`
      else parts.log.warn({ error }, 'a stream of events ended early')
    }
  }

  ctx.compress = false
  ctx.type = 'text/event-stream'
  ctx.set('x-accel-buffering', 'no')
  ctx.body = Readable.from(pages(), { objectMode: false })
}

const text = (told: readonly Told[]) =>
  told
    .map(
      ({ id, data }) => `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`,
    )
    .join('')
