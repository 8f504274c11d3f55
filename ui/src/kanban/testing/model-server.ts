import type { BoardEvent, BoardMessage } from '#core/contracts/events.ts'
import type { BoardView, CardFace } from '#core/contracts/views.ts'
import { rankBetween } from '#core/kernel/rank.ts'
import { byRank } from '../cell-order.ts'
import type { Place } from '../place.ts'
import type { Command, Intent, Sent } from '../command.ts'

const COLUMNS = ['todo', 'doing', 'done']

/**
 * What the server promises the board, in a page of code: commands are done once per key, in the
 * order they come; every effect is an event; a GET answers all events up to its offset. It says
 * nothing about how the real one does it: that has tests of its own, against real parts.
 */
export class ModelServer {
  #cards = new Map<string, CardFace>()
  /** Which version last wrote a card's field. */
  #writtenAt = new Map<string, number>()
  #outcomes = new Map<string, Sent>()
  #events: BoardEvent[] = []
  #epoch = 'epoch-0'

  constructor(cardsPerColumn: number) {
    for (const columnId of COLUMNS) {
      for (let count = 0; count < cardsPerColumn; count += 1) {
        const id = `${columnId}-${count}`
        this.#cards.set(id, this.#face(id, columnId, `Card ${id}`, this.#last(columnId)))
      }
    }
  }

  get cardIds(): string[] {
    return [...this.#cards.keys()]
  }

  view(): BoardView {
    return structuredClone({
      board: {
        id: 'board',
        workspaceId: 'w',
        projectId: 'p',
        name: 'Board',
        archivedAt: null,
        project: { name: 'P', key: 'CHK' },
      },
      columns: COLUMNS.map((id, index) => ({
        id,
        name: id,
        rank: String(index),
        wipLimit: null,
        wipMode: 'warn' as const,
      })),
      labels: [],
      members: [],
      bots: [],
      cards: [...this.#cards.values()].sort(byRank),
      epoch: this.#epoch,
      offset: this.#events.length,
    })
  }

  /** What a viewer at this place has missed. */
  since(place: { epoch: string; offset: number }): BoardMessage {
    if (place.epoch !== this.#epoch) return { kind: 'reset' }
    return this.#message(this.#events.slice(place.offset))
  }

  /** A restore from a backup, say: the same board, but places of before mean nothing. */
  forget(): BoardMessage {
    this.#epoch = `epoch-${Number(this.#epoch.slice(6)) + 1}`
    return { kind: 'reset' }
  }

  /** Answers the command's outcome, and what viewers are to be told if it is new. */
  do({ key, intent }: Pick<Command, 'key' | 'intent'>): { sent: Sent; news: BoardMessage } {
    const known = this.#outcomes.get(key)
    if (known) return { sent: known, news: this.#message([]) }
    const before = this.#events.length
    const sent = this.#apply(key, intent)
    this.#outcomes.set(key, sent)
    return { sent, news: this.#message(this.#events.slice(before)) }
  }

  #apply(key: string, intent: Intent): Sent {
    if (intent.type === 'card.create') {
      const { cardId = key, columnId, title } = intent.body
      return this.#tell(key, intent, this.#face(cardId, columnId, title, this.#last(columnId)))
    }
    const card = this.#cards.get(intent.targetId)
    if (!card) return { kind: 'refused', error: { code: 'card.archived', message: 'gone' } }
    if (intent.type === 'card.archive') return this.#tell(key, intent, card, true)
    const face = { ...card, version: card.version + 1 }
    if (intent.type === 'card.edit') {
      const { baseVersion, changes } = intent.body
      const fields = Object.keys(changes).map((field) => `${card.id} ${field}`)
      if (fields.some((field) => (this.#writtenAt.get(field) ?? 1) > baseVersion)) {
        return { kind: 'refused', error: { code: 'card.conflict', message: 'conflict' } }
      }
      for (const field of fields) this.#writtenAt.set(field, face.version)
      return this.#tell(key, intent, { ...face, ...(changes as Partial<CardFace>) })
    }
    if (intent.type === 'card.move') {
      const { columnId } = intent.body
      return this.#tell(key, intent, { ...face, columnId, rank: this.#rank(card.id, intent.body) })
    }
    throw new Error(`The model does not know ${intent.type}.`)
  }

  #tell(key: string, { type }: Intent, card: CardFace, gone = false): Sent {
    if (gone) this.#cards.delete(card.id)
    else this.#cards.set(card.id, card)
    const offset = this.#events.length + 1
    const at = '2026-11-21T00:00:00.000Z'
    const event = { boardId: 'board', offset, type, actorId: 'a', commandId: key, at }
    const change = gone ? { cardId: card.id, gone: true as const } : { cardId: card.id, card }
    this.#events.push({ ...event, ...change })
    return { kind: 'done', answer: { card, boardId: 'board', offsets: { board: offset } } }
  }

  #message(events: BoardEvent[]): BoardMessage {
    return structuredClone({ kind: 'events', epoch: this.#epoch, events })
  }

  #face(id: string, columnId: string, title: string, low: string | null): CardFace {
    return { id, columnId, title, rank: rankBetween(low, null), number: 1, version: 1 }
  }

  #column(columnId: string, except?: string): CardFace[] {
    const cards = [...this.#cards.values()].filter((card) => card.columnId === columnId)
    return cards.filter(({ id }) => id !== except).sort(byRank)
  }

  #last(columnId: string): string | null {
    return this.#column(columnId).at(-1)?.rank ?? null
  }

  #rank(cardId: string, place: Place & { columnId: string }): string {
    const others = this.#column(place.columnId, cardId)
    const anchor = others.findIndex(({ id }) => id === (place.before ?? place.after))
    const index = anchor < 0 ? others.length : place.before === undefined ? anchor + 1 : anchor
    return rankBetween(others[index - 1]?.rank ?? null, others[index]?.rank ?? null)
  }
}
