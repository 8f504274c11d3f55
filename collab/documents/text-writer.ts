import type { Connection } from '@hocuspocus/server'
import { TEXT_DEPTH_MAX, TEXT_SYNC_BYTES_MAX } from '#core/kernel/limits.ts'
import type { ViewerContext } from '../extensions/authenticate.ts'
import type { Rights } from '../rights.ts'
import { freshChange, Unreadable, type Change } from './change.ts'
import { depthOf } from './depth-of.ts'
import type { OnTheirWay } from './on-their-way.ts'
import type { OpenTexts } from './open-texts.ts'
import type { Rarely } from './rarely.ts'
import type { UpdateLog } from './update-log.ts'
import { isWhole, wholePart } from './whole-part.ts'

export interface WriterParts {
  readonly updates: UpdateLog
  readonly onTheirWay: OnTheirWay
  readonly rarely: Rarely
  readonly open: OpenTexts
  readonly rights: Rights
}

/** Something before it on the same connection was not stored. */
class Broken extends Error {}

/** What comes over one connection into the text of a card. */
export class TextWriter {
  readonly #connection: Connection
  readonly #parts: WriterParts
  /** Something could not be stored; what was sent behind it may build on that. */
  #isBroken = false
  #wasInPart = false

  constructor(connection: Connection, parts: WriterParts) {
    this.#connection = connection
    this.#parts = parts
  }

  /**
   * Stores a change, or all that somebody has. Resolves with false for a change that builds on what is
   * not here; rejects when it could not be stored.
   */
  async store(payload: Uint8Array, isSync: boolean): Promise<boolean> {
    if (this.#isBroken) throw new Broken()
    const { document } = this.#connection
    const change = freshChange(document, payload, isSync)
    if (!change) return true
    if (isWhole(document, this.#before, change)) await this.#append(change)
    else if (isSync) await this.#appendPart(change, payload)
    else return false
    return true
  }

  /** Of all that somebody has, what hangs on nothing is not seen by themselves: it is left out. */
  async #appendPart(change: Change, payload: Uint8Array): Promise<void> {
    // Finding it is dear, and who was told once that it is stored has no reason to send it again.
    if (this.#wasInPart) throw new Unreadable('It builds on what is not there.')
    this.#wasInPart = true
    const part = this.#parts.rarely.do(() =>
      wholePart(this.#connection.document, this.#before, change),
    )
    if (part) await this.#append(part)
    // Empty now: Hocuspocus would bring all of it into the document.
    payload.fill(0)
  }

  async #append(change: Change): Promise<void> {
    const { updates, onTheirWay, open, rights } = this.#parts
    const connection = this.#connection
    const { document, user } = connection.context as ViewerContext
    const [cardId, { bytes }] = [document.id, change]
    if (!this.#admits(cardId, change)) return rights.shut(connection, 'text.too_large')
    onTheirWay.add(connection.document, change)
    try {
      const seq = await updates.append({ cardId, bytes, userId: user.id })
      // What is stored is shown, whatever became of the connection or its rights meanwhile.
      open.apply(cardId, seq, bytes, { source: 'connection', connection })
    } catch (error) {
      this.#isBroken = true
      throw error
    } finally {
      onTheirWay.delete(connection.document, change)
    }
  }

  get #before(): readonly Change[] {
    return this.#parts.onTheirWay.of(this.#connection.document)
  }

  /** Whether the text may grow by a change, in size and depth, with what is on its way. */
  #admits(cardId: string, change: Change): boolean {
    const before = this.#before
    const { length } = change.bytes
    const bytes = before.reduce((sum, each) => sum + each.bytes.length, length)
    return (
      length <= TEXT_SYNC_BYTES_MAX &&
      this.#parts.open.admits(cardId, bytes) &&
      depthOf(this.#connection.document, before, change) <= TEXT_DEPTH_MAX
    )
  }
}
