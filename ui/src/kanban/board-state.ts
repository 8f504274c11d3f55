import { shallowReactive, shallowRef } from 'vue'
import type { BoardMessage } from '#core/contracts/events.ts'
import type {
  BotView,
  BoardView,
  CardFace,
  ColumnView,
  LabelView,
  MemberView,
} from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { applyEvent } from './apply-event.ts'
import { inserted, orderedCells } from './cell-order.ts'
import type { Command } from './command.ts'
import { paintCard, paintColumns } from './paint.ts'
import { serverState, type ServerState, viewOf } from './server-state.ts'

/** What the board needs after a message: nothing, the missing events, or all of it again. */
export type Wanted = 'nothing' | 'resume' | 'reload'

/**
 * What one board shows: what the server told, with our own commands that it has not told yet
 * painted on top. The server's part changes only by a whole view or by the next event in order;
 * a command stays painted until the events have caught up with its answer. So once all is
 * answered and arrived, what is shown is what a fresh read would answer.
 *
 * A card's object is replaced when it changes, and only then: one change renders one card.
 */
export class BoardState {
  readonly cards = shallowReactive(new Map<Id, CardFace>())
  /** The ids of each column's cards in order. */
  readonly cells = shallowReactive(new Map<Id, readonly Id[]>())
  readonly columns = shallowRef<readonly ColumnView[]>([])
  readonly labels = shallowRef<ReadonlyMap<Id, LabelView>>(new Map())
  readonly members = shallowRef<ReadonlyMap<Id, MemberView>>(new Map())
  readonly bots = shallowRef<ReadonlyMap<Id, BotView>>(new Map())
  readonly board = shallowRef<BoardView['board']>()
  readonly #pending: (boardId: Id) => readonly Command[]
  #server: ServerState | undefined
  #stale = true

  /** `pending` answers the commands of a board that are to be painted, oldest first. */
  constructor(pending: (boardId: Id) => readonly Command[]) {
    this.#pending = pending
  }

  get place(): { epoch: Id; offset: number } | undefined {
    return this.#server && { epoch: this.#server.epoch, offset: this.#server.offset }
  }

  /** What the server has told, for showing it again later; undefined when that is spoilt. */
  get told(): BoardView | undefined {
    return this.#server && !this.#stale ? viewOf(this.#server) : undefined
  }

  clear(): void {
    this.#server = undefined
    this.#stale = true
    this.cards.clear()
    this.cells.clear()
    this.columns.value = []
    this.labels.value = new Map()
    this.members.value = new Map()
    this.bots.value = new Map()
    this.board.value = undefined
  }

  /** Replaces the server's part with a fresh read; an older one than the events is ignored. */
  take(view: BoardView): void {
    const known = this.#server
    const older = known?.epoch === view.epoch && view.offset < known.offset
    if (older && !this.#stale) return
    this.#server = serverState(view)
    this.#stale = false
    this.#showAll()
  }

  receive(message: BoardMessage): Wanted {
    const server = this.#server
    if (!server || this.#stale) return 'nothing'
    if (message.kind === 'reset' || message.epoch !== server.epoch) return this.#spoilt()
    for (const event of message.events) {
      const effect = applyEvent(server, event)
      if (effect.kind === 'reload') return this.#spoilt()
      if (effect.kind === 'gap') return 'resume'
      if (effect.kind === 'known') continue
      if (event.label || event.labelGone !== undefined) this.labels.value = server.labels
      if (event.columns) this.showColumns()
      if (event.board) this.board.value = server.board
      for (const cardId of effect.cardIds) this.show(cardId)
    }
    return 'nothing'
  }

  /** Paints again what this command is about. */
  repaint(command: Command): void {
    if (command.intent.type.startsWith('column.')) this.showColumns()
    for (const cardId of command.cardIds) this.show(cardId)
  }

  /** From here on only a whole view helps. */
  #spoilt(): Wanted {
    this.#stale = true
    return 'reload'
  }

  show(cardId: Id): void {
    const server = this.#server
    if (!server) return
    let card = server.cards.get(cardId)
    for (const command of this.#pending(server.board.id)) {
      if (!command.cardIds.includes(cardId)) continue
      card = paintCard(card, command, cardId, server.board.id)
    }
    this.#place(cardId, card)
  }

  showColumns(): void {
    const server = this.#server
    if (!server) return
    const pending = this.#pending(server.board.id)
    this.columns.value = pending.reduce(paintColumns, server.columns)
  }

  #showAll(): void {
    const server = this.#server!
    this.board.value = server.board
    this.labels.value = server.labels
    this.members.value = server.members
    this.bots.value = server.bots
    this.showColumns()
    for (const cardId of this.cards.keys()) {
      if (!server.cards.has(cardId)) this.cards.delete(cardId)
    }
    for (const card of server.cards.values()) {
      if (!same(this.cards.get(card.id), card)) this.cards.set(card.id, card)
    }
    this.#orderAll()
    for (const { cardIds } of this.#pending(server.board.id)) cardIds.forEach((id) => this.show(id))
  }

  #orderAll(): void {
    const cells = orderedCells(this.cards.values())
    for (const columnId of this.cells.keys()) if (!cells.has(columnId)) this.cells.set(columnId, [])
    for (const [columnId, ids] of cells) {
      if (!same(this.cells.get(columnId), ids)) this.cells.set(columnId, ids)
    }
  }

  #place(cardId: Id, card: CardFace | undefined): void {
    const before = this.cards.get(cardId)
    if (same(before, card)) return
    const stays = before && card && before.columnId === card.columnId && before.rank === card.rank
    if (before && !stays) {
      const ids = this.cells.get(before.columnId) ?? []
      this.cells.set(
        before.columnId,
        ids.filter((id) => id !== cardId),
      )
    }
    if (!card) {
      this.cards.delete(cardId)
      return
    }
    this.cards.set(cardId, card)
    if (stays) return
    const ids = this.cells.get(card.columnId) ?? []
    this.cells.set(
      card.columnId,
      inserted(ids, card, (id) => this.cards.get(id)!),
    )
  }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
