import { z } from 'zod'
import { TextPlace } from './comment-anchor.ts'
import { Id } from './fields.ts'
import { Instant } from './views.ts'

/** What the collab server tells who has a text open, as stateless messages on `card:<id>`. */
export const TextMessage = z.discriminatedUnion('kind', [
  /** Changes of this viewer are taken from now on, or no more. */
  z.strictObject({ kind: z.literal('rights'), mayWrite: z.boolean() }),
  /** The last change was not taken, and none is until the text is opened anew. */
  z.strictObject({ kind: z.literal('refused'), code: z.enum(['text.too_large']) }),
])
export type TextMessage = z.infer<typeof TextMessage>

/** Awareness state of who has a text open on `card:<id>`. */
export const TextPresence = z.object({
  user: z.object({ id: Id, name: z.string(), hue: z.number() }),
  /** Where the caret is and what is selected; null while the text is not being written in. */
  cursor: z.object({ anchor: TextPlace, head: TextPlace }).nullable(),
})
export type TextPresence = z.infer<typeof TextPresence>

/** What the text of a card was like: at the end of an hour or a day, or before it was brought back to another. */
export const TextVersion = z.strictObject({
  id: Id,
  label: z.string().nullable(),
  createdAt: Instant,
  /** Who wrote what the version before it had not. */
  authorIds: z.array(Id),
  keptFor: z.enum(['time', 'restore', 'name']),
})
export type TextVersion = z.infer<typeof TextVersion>

const Words = z.string()

/** Its words without their form, a line for each thing that stands on one; beside what they are now. */
export const TextVersionText = TextVersion.extend({
  text: Words,
  now: z.strictObject({
    text: Words,
    /** The number of the last change: who brings the text back says which they have seen. */
    seq: z.int(),
  }),
})
export type TextVersionText = z.infer<typeof TextVersionText>
