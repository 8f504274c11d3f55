import { z } from 'zod'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '#core/kernel/limits.ts'

const CURSOR_CHARS_MAX = 1_000

/** Which page of a list: the first, or the one after the page whose `nextCursor` this is. */
export const PageAsked = z.strictObject({
  cursor: z
    .string()
    .max(CURSOR_CHARS_MAX)
    .regex(/^[\w-]+$/)
    .optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(PAGE_SIZE_MAX))
    .default(PAGE_SIZE_DEFAULT),
})
export type PageAsked = z.infer<typeof PageAsked>
