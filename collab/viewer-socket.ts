import type { WebSocketLike } from '@hocuspocus/server'
import type { WebSocket } from 'ws'
import { newId } from '#core/kernel/ids.ts'
import { backpressureDrops, evictedSockets, rateLimitedSockets } from './metrics.ts'

/** Whoever lets more than this pile up for so long is cut off: its memory would be ours. */
const BUFFERED_BYTES_MAX = 1024 * 1024
const SLOW_FOR_MS_MAX = 10_000
/** The largest text fits in, and some more. */
const BUFFERED_BYTES_EVER_MAX = 16 * 1024 * 1024
const MESSAGES_PER_SECOND_MAX = 50
const MESSAGES_AT_ONCE_MAX = 100
/** A tab has a handful of documents open; each costs memory here. */
const OPEN_MAX = 100

/** Why we close a socket; 4xxx are the codes the browser acts on. */
export const CLOSE = {
  restart: [1012, 'the server restarts'],
  tryLater: [1013, 'a part of the server does not answer'],
  notBinary: [1003, 'messages are binary'],
  notAddressed: [1007, 'the message names no document'],
  notReadable: [1007, 'that is no change of a text'],
  tooLarge: [1009, 'the message is too large'],
  notStored: [1012, 'a change could not be stored'],
  tokenOver: [4401, 'the token is over'],
  elsewhere: [4409, 'live in other browsers'],
  tooManyMessages: [4429, 'too many messages'],
  tooManyOpen: [4429, 'too much is open'],
} as const satisfies Record<string, readonly [code: number, reason: string]>

/** A viewer's socket with its limits, in the shape Hocuspocus writes to. */
export class ViewerSocket implements WebSocketLike {
  readonly id = newId()
  /** The browser whose tab this is, as it says itself. */
  readonly browserId: string
  readonly #socket: WebSocket
  #allowance = MESSAGES_AT_ONCE_MAX
  #allowanceAtMs = Date.now()
  #open = 0
  /** Since when too much has piled up; null while it has not. */
  #slowSinceMs: number | null = null

  constructor(socket: WebSocket, browserId: string) {
    this.#socket = socket
    this.browserId = browserId
  }

  get readyState(): number {
    return this.#socket.readyState
  }

  send(data: Uint8Array): void {
    if (this.#isTooSlow(Date.now())) {
      backpressureDrops.inc()
      this.#socket.terminate()
      return
    }
    this.#socket.send(data)
  }

  #isTooSlow(nowMs: number): boolean {
    const { bufferedAmount } = this.#socket
    if (bufferedAmount <= BUFFERED_BYTES_MAX) this.#slowSinceMs = null
    else this.#slowSinceMs ??= nowMs
    const slowForMs = this.#slowSinceMs === null ? 0 : nowMs - this.#slowSinceMs
    return bufferedAmount > BUFFERED_BYTES_EVER_MAX || slowForMs > SLOW_FOR_MS_MAX
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason)
  }

  closeBecause(why: keyof typeof CLOSE): void {
    if (why === 'elsewhere') evictedSockets.inc()
    const [code, reason] = CLOSE[why]
    this.#socket.close(code, reason)
  }

  whenClosed(act: () => void): void {
    this.#socket.once('close', act)
  }

  /** One more document is open on it; closes the socket when there are too many. Call the answer when it is closed. */
  opened(): () => void {
    this.#open += 1
    if (this.#open > OPEN_MAX) this.closeBecause('tooManyOpen')
    return () => (this.#open -= 1)
  }

  /** Whether one more message may come in now; closes the socket when not. */
  admits(nowMs = Date.now()): boolean {
    const gained = ((nowMs - this.#allowanceAtMs) / 1_000) * MESSAGES_PER_SECOND_MAX
    this.#allowance = Math.min(MESSAGES_AT_ONCE_MAX, this.#allowance + gained) - 1
    this.#allowanceAtMs = nowMs
    if (this.#allowance >= 0) return true
    rateLimitedSockets.inc()
    this.closeBecause('tooManyMessages')
    return false
  }
}
