import { z } from 'zod'

export const Health = z.strictObject({ status: z.literal('ok') })
export type Health = z.infer<typeof Health>

const State = z.enum(['up', 'down'])

/** Each part the API needs, and in the demo where its Temporal is. */
export const Readiness = z.strictObject({
  status: z.enum(['ready', 'not ready']),
  components: z.record(z.string(), State),
  temporal: z
    .strictObject({ address: z.string(), namespace: z.string(), uiUrl: z.string() })
    .optional(),
})
export type Readiness = z.infer<typeof Readiness>
export type State = z.infer<typeof State>
