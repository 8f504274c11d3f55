import type { Knex } from 'knex'
import { expect, vi } from 'vitest'
import { heldBackS } from '#activities/audit/held-back.ts'
import { sealLines } from '#activities/audit/seal-lines.ts'
import type { Keyring } from '#core/platform/keyring.ts'

const NEIGHBOURS_LIMIT_MS = 10_000

/**
 * Seals what was written, and answers how many lines. Transactions of the whole cluster hold
 * sealing back, so those of other tests, in databases of their own, are waited for.
 */
export async function sealWhenOver(database: Knex, keyring: Keyring): Promise<number> {
  const isOver = async () => expect(await heldBackS(database)).toBe(0)
  await vi.waitFor(isOver, { timeout: NEIGHBOURS_LIMIT_MS, interval: 5 })
  return await sealLines(database, keyring)
}
