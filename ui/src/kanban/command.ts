import type { ActionBody, ActionType } from '#core/contracts/actions.ts'
import type { CardFace, ChecklistItemView, ColumnView, CommentView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'

/** The actions a board's page asks for; projects, boards and labels have pages of their own. */
type BoardAction = Extract<
  ActionType,
  | `card.${string}`
  | `text.${string}`
  | `comment.${string}`
  | `checklist.${string}`
  | `attachment.${string}`
  | `column.${string}`
  | 'undo'
>

/** What a person wants, before it has a key and a place in the queue. */
export type Intent = {
  [Type in BoardAction]: { type: Type; targetId: Id; body: ActionBody<Type> }
}[BoardAction]

/** A card as it was shown before and after a gesture; undefined is «not on this board». */
export interface Change {
  readonly cardId: Id
  readonly before: CardFace | undefined
  readonly after: CardFace | undefined
}

/** What the server answered to a command that was done. */
export interface Answer {
  readonly card?: CardFace
  readonly column?: ColumnView
  readonly comment?: CommentView
  readonly item?: ChecklistItemView
  readonly boardId?: Id
  /** The number of the command's last event, per board. */
  readonly offsets: Readonly<Record<Id, number>>
}

/**
 * A command lives here from the keystroke until the board's events have caught up with its answer.
 *
 * keeping: it is being put into the browser's storage, so that it outlives the page.
 * waiting: an earlier command shares a lane with it, or it is about to be sent.
 * sending: the server has it, perhaps; asked again, always with the same key.
 * failed: the server had a fault or the session is over; it waits for a person's retry.
 * answered: done; still painted until the events up to `offsets` have arrived.
 * refused: not done, and too late for a word in passing; listed until a person has seen it.
 */
export interface Command {
  /** The Idempotency-Key. */
  key: Id
  readonly boardId: Id
  readonly gestureId: Id
  /** When it was given, as ISO 8601. */
  readonly givenAt: string
  /** The name of what it is about, for telling of it when its board is not at hand. */
  readonly title: string
  intent: Intent
  /** Commands that share a lane are sent one after the other, in the order they were given. */
  readonly lanes: readonly string[]
  /** The cards it repaints. */
  readonly cardIds: readonly Id[]
  /** Where a created or moved card is shown until the server says its true rank. */
  readonly rank?: string
  /** What an undo is expected to bring back. */
  readonly reverts?: readonly Change[]
  /** Whoever asked says a refusal itself. */
  quiet?: boolean
  state: 'keeping' | 'waiting' | 'sending' | 'failed' | 'answered' | 'refused'
  /** It outlives the page. */
  isKept?: boolean
  /** The server was away when it was sent, or its page is gone: whoever gave it has moved on. */
  isLate?: boolean
  /** How often the server was away when it was sent. */
  attempts?: number
  answer?: Answer
  /** Why it failed or was refused. */
  fault?: Fault
  /** The fault is the stored outcome of its key. */
  keyIsSpent?: boolean
}

/** Where a command lies besides this page; `full` is nowhere, and the storage's limit is why. */
export type Kept = 'here' | 'nowhere' | 'full'

/** How an attempt to send a command ended. Only `away` is tried again by itself. */
export type Sent =
  | { kind: 'done'; answer: Answer }
  | { kind: 'refused'; error: Fault; isListed?: boolean }
  | { kind: 'failed'; error: Fault; keyIsSpent: boolean }
  | { kind: 'away'; waitMs: number }

/** What is told of a command that was not done. */
export interface Fault {
  readonly code: string
  readonly message: string
  readonly status?: number
  readonly requestId?: string
  readonly details?: Readonly<Record<string, unknown>>
}
