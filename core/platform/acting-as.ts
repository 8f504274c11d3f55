import { createHmac } from 'node:crypto'
import type { Knex } from 'knex'
import type { Client } from 'pg'
import { answersOf, ask, askOn } from './ask.ts'
import { contextKey } from './context-key.ts'
import type { Row } from './database.ts'
import { onSharedConnection } from './shared-connection.ts'

/**
 * Whom a transaction acts for: a person in all their workspaces or in one, a workspace by itself,
 * or the house, which keeps all workspaces in order and is given to few logins.
 */
export type Identity =
  | { readonly userId: string; readonly workspaceId?: string }
  | { readonly workspaceId: string }
  | typeof THE_HOUSE

export const THE_HOUSE = { everywhere: true } as const

const LIFE_MS = 60_000
const AT_ONE_MOMENT = { isolationLevel: 'repeatable read', readOnly: true } as const
/** An address is looked up for every transaction, and there are few. */
const keys = new Map<string, Buffer>()

/**
 * Runs `work` in a transaction that can read what `who` may see as of one moment, and change nothing.
 */
export async function readAs<Result>(
  database: Knex,
  who: Identity,
  work: (trx: Knex.Transaction) => Promise<Result>,
): Promise<Result> {
  return await inTransaction(database, who, work, AT_ONE_MOMENT)
}

/**
 * The rows of one statement, read as `who`. The same as readAs, for what every action waits on: the
 * transaction's beginning, the statement and the end go out together and cost one round trip.
 * `name` is that of the prepared statement.
 */
export async function readRowsAs<Found extends Row>(
  database: Knex,
  who: Identity,
  { name, statement }: { name: string; statement: Knex.Raw },
): Promise<Found[]> {
  const { sql, bindings } = statement.toSQL().toNative()
  return await onSharedConnection(database, async (connection) => {
    const [, found] = await Promise.all([
      askOn(connection, `begin read only; ${actAsSql(database, who)}`),
      askOn<Found>(connection, { name, text: sql, values: [...bindings] }),
      askOn(connection, 'commit'),
    ])
    return found
  })
}

/**
 * The rows of one statement that writes, as `who`. Its transaction begins and ends with it, in one
 * round trip: what it locks is not held for as long as the way to the server is broken in between.
 */
export async function writeRowsAs<Found extends Row>(
  database: Knex,
  who: Identity,
  statement: { readonly name: string; readonly text: string; readonly values: unknown[] },
): Promise<Found[]> {
  const connection = (await database.client.acquireConnection()) as Client
  try {
    const [, found] = await answersOf([
      askOn(connection, `begin; ${actAsSql(database, who)}`),
      askOn<Found>(connection, statement),
      askOn(connection, 'commit'),
    ])
    return found
  } finally {
    await database.client.releaseConnection(connection)
  }
}

/** Runs `work` in a transaction that sees and changes what `who` may. */
export async function writeAs<Result>(
  database: Knex,
  who: Identity,
  work: (trx: Knex.Transaction) => Promise<Result>,
): Promise<Result> {
  return await inTransaction(database, who, work)
}

/**
 * From here on the transaction acts for `who`: what is asked after this call finds it set, without
 * waiting for the answer.
 */
export async function actAs(trx: Knex.Transaction, who: Identity): Promise<void> {
  await ask(trx, actAsSql(trx, who))
}

/**
 * The statement of actAs, for who sends it with others. Rolling back to a savepoint brings back
 * whom the transaction acted for when the savepoint was set.
 */
export function actAsSql(trx: Knex, who: Identity): string {
  return `set local app.ctx = '${signed(trx, who)}'`
}

/**
 * The same for work that ends with statements whose answers it does not need: `last` are they, and
 * the transaction's end goes out with them.
 */
export async function writeToTheEndAs<Result>(
  database: Knex,
  who: Identity,
  work: (trx: Knex.Transaction) => Promise<{ result: Result; last: Promise<unknown> }>,
): Promise<Result> {
  let sent: Promise<unknown> = Promise.resolve()
  try {
    return await writeAs(database, who, async (trx) => {
      const { result, last } = await work(trx)
      sent = last
      // Looked at below, once the transaction is over.
      sent.catch(() => {})
      return result
    })
  } finally {
    // Why the server rolled back, which tells more than that it did.
    await sent
  }
}

async function inTransaction<Result>(
  database: Knex,
  who: Identity,
  work: (trx: Knex.Transaction) => Promise<Result>,
  config?: Knex.TransactionConfig,
): Promise<Result> {
  return await database.transaction(async (trx) => {
    const [, result] = await Promise.all([actAs(trx, who), work(trx)])
    return result
  }, config)
}

/** `user|workspace|expires|mac`, as app.context() reads it. */
function signed(database: Knex, who: Identity): string {
  const { userId = '', workspaceId = '' } = who as { userId?: string; workspaceId?: string }
  const user = 'everywhere' in who ? '*' : userId
  const text = `${user}|${workspaceId}|${Date.now() + LIFE_MS}`
  return `${text}|${createHmac('sha256', keyOf(database)).update(text).digest('hex')}`
}

function keyOf(database: Knex): Buffer {
  const { connectionString } = database.client.config.connection as { connectionString: string }
  const known = keys.get(connectionString)
  if (known) return known
  const key = contextKey(connectionString)
  keys.set(connectionString, key)
  return key
}
