import type { Knex } from 'knex'

interface Letter {
  readonly projectId: string
  readonly id: string
}

/** Asks for a message to be sent again, from the first try on; false when the project has no dead one of this id. */
export async function sendAgain(
  trx: Knex.Transaction,
  { projectId: project_id, id }: Letter,
): Promise<boolean> {
  const again = { status: 'waiting', tries: 0, try_at: trx.fn.now() }
  const dead = { id, project_id, status: 'dead' }
  return (await trx('webhook_deliveries').where(dead).update(again)) === 1
}
