import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '@hocuspocus/server'
import type { Knex } from 'knex'
import type { EndedSessions } from '#activities/auth/ended-sessions.ts'
import { flowSeers, runSeers } from '#activities/automation/queries.ts'
import { cardSeers } from '#activities/kanban/queries.ts'
import { seersOf, workspaceSeers } from '#activities/rbac/queries.ts'
import type { TextMessage } from '#core/contracts/texts.ts'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'
import type { ViewerContext } from './extensions/authenticate.ts'

/** With the time the sessions take to be known, a right that is lost ends within five seconds. */
const CHECK_EVERY_MS = 2_000

type RefusedText = Extract<TextMessage, { kind: 'refused' }>
type Viewers = readonly (readonly [Connection, ViewerContext])[]

/** The viewers who were let in, asked again and again what they still may. */
export class Rights {
  readonly #database: Knex
  readonly #ended: EndedSessions
  readonly #log: Log
  readonly #viewers = new Map<Connection, ViewerContext>()
  readonly #shut = new WeakSet<Connection>()

  constructor(database: Knex, ended: EndedSessions, log: Log) {
    this.#database = database
    this.#ended = ended
    this.#log = log
  }

  add(connection: Connection, viewer: ViewerContext): void {
    this.#viewers.set(connection, viewer)
  }

  delete(connection: Connection): void {
    this.#viewers.delete(connection)
  }

  /** Takes no more changes of a text from a viewer until they open it anew, and tells them why. */
  shut(connection: Connection, code: RefusedText['code']): void {
    this.#shut.add(connection)
    connection.readOnly = true
    tell(connection, { kind: 'refused', code })
  }

  /** Has a viewer of a text send all they have of it. */
  askForAll(connection: Connection): void {
    tell(connection, { kind: 'rights', mayWrite: true })
  }

  /**
   * Sends away whose session was ended, who may look no more or who may do something else on a board
   * than when they were let in, until `signal` aborts.
   */
  async keepChecking(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(CHECK_EVERY_MS, undefined, { signal }).catch(() => {})
      await this.#check().catch((error: unknown) => {
        this.#log.warn({ error }, 'could not ask who may still look at boards and texts')
      })
    }
  }

  async #check(): Promise<void> {
    const viewers = [...this.#viewers]
    const of = (wanted: string) => viewers.filter(([, { document }]) => document.kind === wanted)
    for (const [, viewer] of of('user')) this.#sendAwayUnless(true, viewer)
    await Promise.all([
      this.#checkBoards(of('board')),
      this.#checkTexts(of('card')),
      this.#checkMembers(of('workspace')),
      this.#checkSeen(of('job'), runSeers),
      this.#checkSeen(of('flow'), flowSeers),
    ])
  }

  async #checkMembers(viewers: Viewers): Promise<void> {
    if (viewers.length === 0) return
    const pairs = viewers.map(([, { document, user }]) => ({
      workspaceId: document.id,
      userId: user.id,
    }))
    const seers = await readAs(this.#database, THE_HOUSE, (trx) => workspaceSeers(trx, pairs))
    for (const [, viewer] of viewers) {
      this.#sendAwayUnless(seers.has(`${viewer.document.id} ${viewer.user.id}`), viewer)
    }
  }

  async #checkSeen(viewers: Viewers, seersOfThem: typeof runSeers): Promise<void> {
    if (viewers.length === 0) return
    const pairs = viewers.map(([, { document, user }]) => ({ id: document.id, userId: user.id }))
    const seers = await readAs(this.#database, THE_HOUSE, (trx) => seersOfThem(trx, pairs))
    for (const [, viewer] of viewers) {
      this.#sendAwayUnless(seers.has(`${viewer.document.id} ${viewer.user.id}`), viewer)
    }
  }

  async #checkBoards(viewers: Viewers): Promise<void> {
    if (viewers.length === 0) return
    const pairs = viewers.map(([, { document, user }]) => ({
      boardId: document.id,
      userId: user.id,
    }))
    const seers = await readAs(this.#database, THE_HOUSE, (trx) => seersOf(trx, pairs))
    for (const [, viewer] of viewers) {
      const rights = seers.get(`${viewer.document.id} ${viewer.user.id}`)
      this.#sendAwayUnless(rights === viewer.rights, viewer)
    }
  }

  /** Who may write no more, or may now, stays and is told. */
  async #checkTexts(viewers: Viewers): Promise<void> {
    if (viewers.length === 0) return
    const pairs = viewers.map(([, { document, user }]) => ({
      cardId: document.id,
      userId: user.id,
    }))
    const seers = await readAs(this.#database, THE_HOUSE, (trx) => cardSeers(trx, pairs))
    for (const [connection, viewer] of viewers) {
      const seer = seers.get(`${viewer.document.id} ${viewer.user.id}`)
      this.#sendAwayUnless(seer !== undefined, viewer)
      const mayWrite = seer?.mayWrite === true && !this.#shut.has(connection)
      if (mayWrite !== connection.readOnly) continue
      connection.readOnly = !mayWrite
      tell(connection, { kind: 'rights', mayWrite })
    }
  }

  /** It comes back with another token, and is told then what it may and may not. */
  #sendAwayUnless(mayStay: boolean, { socket, sessionId }: ViewerContext): void {
    if (!mayStay || this.#ended.has(sessionId)) socket.closeBecause('tokenOver')
  }
}

const tell = (connection: Connection, message: TextMessage) =>
  connection.sendStateless(JSON.stringify(message))
