import type { Knex } from 'knex'

/** Asks for a message to be sent again, from the first try on; false when there is none to send. */
export async function sendAgain(trx: Knex.Transaction, id: string): Promise<boolean> {
  const again = { status: 'waiting', tries: 0, try_at: trx.fn.now() }
  return (await trx('webhook_deliveries').where({ id, status: 'dead' }).update(again)) === 1
}
