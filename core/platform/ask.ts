import type { Knex } from 'knex'
import type { Client, QueryConfig, QueryResult } from 'pg'
import type { Row } from './database.ts'
import { connectionOf } from './quick-transactions.ts'

/**
 * The answers of statements that were sent together. Of several that failed the first is why the
 * others did, whichever is heard of first.
 */
export async function answersOf<Answers extends readonly unknown[]>(sent: {
  readonly [Index in keyof Answers]: Promise<Answers[Index]>
}): Promise<Answers> {
  const ended = await Promise.allSettled(sent)
  const failed = ended.find((each) => each.status === 'rejected')
  if (failed) throw failed.reason
  return ended.map((each) => (each as PromiseFulfilledResult<unknown>).value) as never
}

/**
 * The rows of a statement with `$1` for its first value, sent at once and done after all that was
 * sent before it. For the statements every action waits for: building them anew each time, as Knex
 * does, costs as much as running them, and it sends them some turns later.
 */
export async function ask<Found extends Row>(
  trx: Knex.Transaction,
  text: string,
  values: readonly unknown[] = [],
): Promise<Found[]> {
  return await askOn(connectionOf(trx), values.length > 0 ? { text, values: [...values] } : text)
}

/** The same on a connection that is at hand, whatever is under way there. */
export async function askOn<Found extends Row>(
  connection: Client,
  asked: string | QueryConfig,
): Promise<Found[]> {
  return await new Promise((resolve, reject) => {
    connection.query(asked as string, (error: Error | null, found: QueryResult<Found>) =>
      error ? reject(error) : resolve(found.rows),
    )
  })
}
