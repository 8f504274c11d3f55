import type { WebSocketLike } from '@hocuspocus/server'
import type { WebSocket } from 'ws'
import { newId } from '#core/kernel/ids.ts'
import { Allowance } from './allowance.ts'
import { backpressureDrops, evictedSockets, rateLimitedSockets } from './metrics.ts'

/** Whoever lets more than this pile up for so long is cut off: its memory would be ours. */
const BUFFERED_BYTES_MAX = 1024 * 1024
const SLOW_FOR_MS_MAX = 10_000
/** The largest text fits in, and some more. */
const BUFFERED_BYTES_EVER_MAX = 16 * 1024 * 1024
const MESSAGES_PER_SECOND_MAX = 50
const MESSAGES_AT_ONCE_MAX = 100
/** Telling a whole text costs as much as it is long. Who comes back asks for all they have open. */
const ASKED_BYTES_PER_SECOND_MAX = 8 * 1024 * 1024
const ASKED_BYTES_AT_ONCE_MAX = 128 * 1024 * 1024
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
  notSignedIn: [4408, 'nobody has signed in'],
  tokenOver: [4401, 'the token is over'],
  elsewhere: [4409, 'live in other browsers'],
  tooManyMessages: [4429, 'too many messages'],
  tooManyOpen: [4429, 'too much is open'],
  asksTooMuch: [4429, 'whole texts are asked for too often'],
} as const satisfies Record<string, readonly [code: number, reason: string]>

/** A viewer's socket with its limits, in the shape Hocuspocus writes to. */
export class ViewerSocket implements WebSocketLike {
  readonly id = newId()
  /** The browser whose tab this is, as it says itself. */
  readonly browserId: string
  readonly #socket: WebSocket
  readonly #messages = new Allowance(MESSAGES_AT_ONCE_MAX, MESSAGES_PER_SECOND_MAX)
  readonly #asked = new Allowance(ASKED_BYTES_AT_ONCE_MAX, ASKED_BYTES_PER_SECOND_MAX)
  #open = 0
  #signIn: (() => void) | null = null
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

  /** Calls `act` the first time somebody says on it who they are. */
  whenSignedIn(act: () => void): void {
    this.#signIn = act
  }

  /** Somebody has said who they are, and it is true. */
  signedIn(): void {
    this.#signIn?.()
    this.#signIn = null
  }

  /** One more document is open on it; closes the socket when there are too many. Call the answer when it is closed. */
  opened(): () => void {
    this.#open += 1
    if (this.#open > OPEN_MAX) this.closeBecause('tooManyOpen')
    return () => (this.#open -= 1)
  }

  /** Whether one more message may come in now; closes the socket when not. */
  admits(nowMs = Date.now()): boolean {
    return this.#messages.takes(1, nowMs) || this.#refuse('tooManyMessages')
  }

  /** Whether a whole text of so many bytes may be asked for now; closes the socket when not. */
  mayAsk(bytes: number): boolean {
    return this.#asked.takes(bytes) || this.#refuse('asksTooMuch')
  }

  #refuse(why: 'tooManyMessages' | 'asksTooMuch'): false {
    rateLimitedSockets.inc()
    this.closeBecause(why)
    return false
  }
}
