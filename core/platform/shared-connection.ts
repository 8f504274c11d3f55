import type { Knex } from 'knex'
import type { Client } from 'pg'

interface Shared {
  readonly connection: Promise<Client>
  users: number
}

const sharedOf = new WeakMap<Knex, Shared>()

/**
 * Runs `work` on a connection of the pool together with whoever else is using one this way, so that
 * the server reads and answers several in one go. Each must send all it has to say in one turn and
 * leave the connection as it found it, and nobody may ask what can wait for a lock.
 */
export async function onSharedConnection<Result>(
  database: Knex,
  work: (connection: Client) => Promise<Result>,
): Promise<Result> {
  const shared = sharedOf.get(database) ?? {
    connection: database.client.acquireConnection() as Promise<Client>,
    users: 0,
  }
  sharedOf.set(database, shared)
  shared.users += 1
  try {
    return await work(await shared.connection)
  } finally {
    shared.users -= 1
    if (shared.users === 0) {
      sharedOf.delete(database)
      await shared.connection.then(
        (connection) => database.client.releaseConnection(connection),
        () => {},
      )
    }
  }
}
