import { EventSourceParserStream } from 'eventsource-parser/stream'
import type { BoardMessage } from '#core/contracts/events.ts'
import type { Id } from '#core/kernel/ids.ts'
import { backoffMs } from './backoff.ts'
import { API_PREFIX, OURS } from './exchange.ts'

const AGAIN_MIN_MS = 1_000
const AGAIN_MAX_MS = 15_000
/** The server says something every 25 s. */
const SILENCE_LIMIT_MS = 60_000

interface Place {
  readonly epoch: Id
  readonly offset: number
}

export interface BoardStreamPorts {
  token(): Promise<string>
  /** Where the board is now; undefined while it is being read. */
  place(): Place | undefined
  message(message: BoardMessage): void
  /** Whether news come this way now. */
  open(is: boolean): void
}

export interface BoardStream {
  /** Begins anew from where the board is now. */
  resume(): void
  close(): void
}

/**
 * What happens on a board as server-sent events, where no socket comes through. It comes back by
 * itself, at growing and spread distances, from where the board is by then.
 */
export function openBoardStream(boardId: Id, ports: BoardStreamPorts): BoardStream {
  let reading: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  async function read(signal: AbortSignal): Promise<void> {
    const place = ports.place()
    if (!place) return
    const query = new URLSearchParams({ epoch: place.epoch, offset: String(place.offset) })
    const response = await fetch(`${API_PREFIX}/boards/${boardId}/events?${query}`, {
      headers: { ...OURS, authorization: `Bearer ${await ports.token()}` },
      signal,
    })
    if (!response.ok) throw new Error(`The stream of events was answered with ${response.status}.`)
    failures = 0
    ports.open(true)
    await hear(response.body!, ports)
  }

  async function keepReading(): Promise<void> {
    clearTimeout(timer)
    reading?.abort()
    const own = new AbortController()
    reading = own
    await read(own.signal).catch(() => {})
    if (own.signal.aborted) return
    ports.open(false)
    timer = setTimeout(() => void keepReading(), backoffMs(failures, AGAIN_MIN_MS, AGAIN_MAX_MS))
    failures += 1
  }

  void keepReading()
  return {
    resume: () => void keepReading(),
    close() {
      clearTimeout(timer)
      reading?.abort()
      ports.open(false)
    },
  }
}

/** Reads until the stream ends, or has said nothing for too long. */
async function hear(body: ReadableStream<Uint8Array<ArrayBuffer>>, ports: BoardStreamPorts) {
  const silence = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const watch = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), SILENCE_LIMIT_MS)
  }
  watch()
  try {
    const events = body
      .pipeThrough(new TextDecoderStream(), { signal: silence.signal })
      .pipeThrough(new EventSourceParserStream({ onComment: watch }))
    const reader = events.getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      watch()
      if (next.value.event === undefined) ports.message(JSON.parse(next.value.data) as BoardMessage)
    }
  } finally {
    clearTimeout(timer)
  }
}
