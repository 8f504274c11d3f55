import { z } from 'zod'

/**
 * A seal as it leaves the database: proof, kept elsewhere, of how far the audit had come. Hex for
 * bytes, ISO 8601 for instants.
 */
export const Checkpoint = z.strictObject({
  number: z.int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  keyId: z.string(),
  signature: z.string(),
  sealedAt: z.iso.datetime(),
})
export type Checkpoint = z.infer<typeof Checkpoint>
