import { z } from 'zod'
import { QUOTE_CHARS_MAX } from '../kernel/limits.ts'

/** A place in a text, relative to what stands there: Yjs' relative position, as JSON. */
export const TextPlace = z
  .looseObject({})
  .refine((place) => JSON.stringify(place).length <= 1_000, { error: 'is no place in a text' })

/** The words of a card's text a comment is about; they may have changed or gone since. */
export const CommentAnchor = z.strictObject({
  from: TextPlace,
  to: TextPlace,
  /** As they were when the comment was written. */
  quote: z.string().min(1).max(QUOTE_CHARS_MAX),
})
export type CommentAnchor = z.infer<typeof CommentAnchor>
