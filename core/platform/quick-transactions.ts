import type { Knex } from 'knex'
import type { Client, QueryResult } from 'pg'

/** What knex has inside, as far as it is used here. */
interface Transaction {
  readonly trxClient: object
  readonly readOnly?: boolean
  begin(connection: Client): Promise<void>
  commit(connection: Client, value: unknown): Promise<void>
  query(connection: Client, sql: string): Promise<{ response: QueryResult } | undefined>
  _completed: boolean
  _resolver(value: unknown): void
  _rejecter(error: Error): void
}
type Begin = (...asked: readonly unknown[]) => Transaction

const connections = new WeakMap<object, Client>()

/** The connection a transaction runs on, for statements that go out at once; see ask. */
export function connectionOf(trx: Knex.Transaction): Client {
  const connection = connections.get(trx.client as object)
  if (!connection && trx.parentTransaction) return connectionOf(trx.parentTransaction)
  if (!connection || trx.isCompleted()) throw new Error('The transaction is over.')
  return connection
}

/**
 * Lets the transactions of a pool begin and end without a round trip of their own: BEGIN goes out
 * with the first statement, COMMIT behind whatever was sent and not waited for. A transaction that
 * the server has rolled back by then is not taken for committed; one that only reads is over with its
 * last answer.
 */
export function quickTransactions(database: Knex): void {
  const start = database.client.transaction.bind(database.client) as Begin
  database.client.transaction = (...asked: readonly unknown[]) => {
    const transaction = start(...asked)
    const begin = transaction.begin.bind(transaction)
    transaction.begin = async (connection) => {
      connections.set(transaction.trxClient, connection)
      // What fails here rejects the transaction by itself.
      void begin(connection)
    }
    transaction.commit = async (connection, value) => {
      const committed = transaction.query(connection, 'COMMIT;')
      transaction._completed = true
      // Nothing of it can fail to be kept, and who gets the connection next is behind it.
      if (transaction.readOnly) return transaction._resolver(value)
      const done = await committed
      if (done?.response.command === 'COMMIT') transaction._resolver(value)
      else transaction._rejecter(new Error('The transaction was rolled back.'))
    }
    return transaction
  }
}
