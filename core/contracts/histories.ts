import { z } from 'zod'

/** Where the Temporal Web UI is, for who has got the pass with which it decodes histories. */
export const HistoriesPass = z.strictObject({ url: z.string() })
export type HistoriesPass = z.infer<typeof HistoriesPass>

const PAYLOADS_MAX = 1_000
const base64 = z.base64()

/** What the Temporal Web UI asks to be decoded, in the JSON of its protocol. */
export const Payloads = z.object({
  payloads: z
    .array(
      z.object({ metadata: z.record(z.string(), base64).default({}), data: base64.default('') }),
    )
    .max(PAYLOADS_MAX),
})
export type Payloads = z.infer<typeof Payloads>
