import type { Knex } from 'knex'

/**
 * Waits until no other transaction works on the same thing. What is read after it is therefore
 * at least as new as what anybody before wrote from it.
 */
export async function takeTurn(trx: Knex.Transaction, what: string, id: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`${what}:${id}`])
}
