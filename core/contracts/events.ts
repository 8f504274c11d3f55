import { z } from 'zod'
import { CARRIED_SHOWN_MAX } from '../kernel/limits.ts'
import { Id } from './fields.ts'
import { BoardInfo, CardFace, Changes, ColumnView, Instant, LabelView } from './views.ts'

/**
 * What happened on a board, numbered per board without gaps. Whoever applies the parts that are
 * there, in order of `offset`, holds what a fresh GET of the board answers.
 */
export const BoardEvent = z.strictObject({
  boardId: Id,
  offset: z.int(),
  type: z.string(),
  actorId: Id,
  commandId: Id,
  at: Instant,
  /** The card it is about, whatever happened to it. */
  cardId: Id.optional(),
  /** The card as it now is on this board. */
  card: CardFace.optional(),
  /** The card is no longer on this board: moved away, archived or deleted. */
  gone: z.literal(true).optional(),
  /** All live columns, in order. */
  columns: z.array(ColumnView).optional(),
  label: LabelView.optional(),
  labelGone: Id.optional(),
  board: BoardInfo.optional(),
  /** Too much changed to tell; read the board again. */
  reload: z.literal(true).optional(),
  changes: Changes.optional(),
})
export type BoardEvent = z.infer<typeof BoardEvent>

/** What the collab server tells a board's viewers, as Hocuspocus stateless messages on `board:<id>`. */
export const BoardMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('events'), epoch: Id, events: z.array(BoardEvent).max(500) }),
  /** The viewer's place is unknown here: read the board again and resume from its offset. */
  z.strictObject({ kind: z.literal('reset') }),
])
export type BoardMessage = z.infer<typeof BoardMessage>

/** What a viewer tells the collab server after each connect: where it left off. */
export const BoardResume = z.strictObject({ kind: z.literal('resume'), epoch: Id, offset: z.int() })
export type BoardResume = z.infer<typeof BoardResume>

/** Awareness state of a viewer on `board:<id>`. */
export const Presence = z.object({
  user: z.object({ id: Id, name: z.string(), hue: z.number() }),
  /** The card open in the viewer's panel. */
  cardId: Id.nullable(),
  /** The cards the viewer has picked up and not yet put down. */
  carried: z.array(Id).max(CARRIED_SHOWN_MAX).optional(),
})
export type Presence = z.infer<typeof Presence>
