import { z } from 'zod'
import { Instant } from './views.ts'

/** A letter the demo would have sent. */
const DemoLetter = z.strictObject({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  sentAt: Instant,
})
export type DemoLetter = z.infer<typeof DemoLetter>

export const DemoMailbox = z.strictObject({ items: z.array(DemoLetter) })
