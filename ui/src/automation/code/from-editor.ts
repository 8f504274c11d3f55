import { z } from 'zod'
import { CODE_CHARS_MAX } from '#core/flows/limits.ts'

/** What is wrong with how code is written, and where. */
const Fault = z.strictObject({
  line: z.int().positive().max(CODE_CHARS_MAX),
  column: z
    .int()
    .positive()
    .max(CODE_CHARS_MAX + 1),
  /** In English: the parser's own words. */
  why: z.string().max(200),
})
export type CodeFault = z.infer<typeof Fault>

/**
 * What the page in which code is written says. It runs code of others, so nothing of it is believed
 * before it has this form.
 */
export const FromEditor = z.discriminatedUnion('kind', [
  /** It has been given its end of the channel, shows what it was told, and is as high as this. */
  z.strictObject({ kind: z.literal('height'), px: z.number().nonnegative() }),
  /** Whether the keyboard is in it. */
  z.strictObject({ kind: z.literal('focus'), isIn: z.boolean() }),
  /** The code, and how often it was changed in the editor. */
  z.strictObject({
    kind: z.literal('written'),
    text: z.string().max(CODE_CHARS_MAX),
    count: z.int().positive(),
  }),
  /** Something longer than code may be was left out. */
  z.strictObject({ kind: z.literal('full') }),
  z.strictObject({ kind: z.literal('fault'), fault: Fault.nullable() }),
  /** Keys that mean something to the page around it. */
  z.strictObject({ kind: z.literal('key'), key: z.enum(['undo', 'redo', 'leave']) }),
])
export type FromEditor = z.infer<typeof FromEditor>
