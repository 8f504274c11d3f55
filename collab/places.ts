import { lateSockets } from './metrics.ts'
import type { ViewerSocket } from './viewer-socket.ts'

/** Who connects has so long to say who they are. */
const SIGN_IN_LIMIT_MS = 10_000
/** So many may be about to; of a process that died thousands come back at once. */
const SIGNING_IN_MAX = 5_000

/**
 * The places of a process. Those of people are taken once somebody has said who they are: who connects
 * and says nothing takes none of them, and is sent away soon.
 */
export class Places {
  readonly #max: number
  readonly #signingIn = new Map<ViewerSocket, NodeJS.Timeout>()
  readonly #people = new Set<ViewerSocket>()

  constructor(max: number) {
    this.#max = max
  }

  get areFull(): boolean {
    return this.#people.size >= this.#max || this.#signingIn.size >= SIGNING_IN_MAX
  }

  /** The socket is there from now on, until it is closed. */
  enter(socket: ViewerSocket): void {
    const late = setTimeout(() => {
      lateSockets.inc()
      socket.closeBecause('notSignedIn')
    }, SIGN_IN_LIMIT_MS)
    this.#signingIn.set(socket, late)
    socket.whenSignedIn(() => this.#take(socket))
    socket.whenClosed(() => {
      this.#signingIn.delete(socket)
      this.#people.delete(socket)
      clearTimeout(late)
    })
  }

  #take(socket: ViewerSocket): void {
    clearTimeout(this.#signingIn.get(socket))
    if (!this.#signingIn.delete(socket)) return
    if (this.#people.size >= this.#max) return socket.closeBecause('tryLater')
    this.#people.add(socket)
  }
}
