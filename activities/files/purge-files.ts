import type { Knex } from 'knex'
import { FILE_ATTACHABLE_HOURS } from '#core/kernel/limits.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import type { FileStore } from './stores/store.ts'

/** Well after it can be attached any more, so nobody attaches what goes away. */
const KEPT_HOURS = 2 * FILE_ATTACHABLE_HOURS
/** Each is a request to the store, within one transaction. */
const FILES_AT_ONCE_MAX = 50
const BATCHES_MAX = 100

/**
 * Removes files that are on no card, with their bytes: never attached, refused, cut off, or of cards
 * and attachments that are gone for good. Answers how many. The bytes go before the row, so what
 * fails half-way is found again.
 */
export async function purgeFiles(database: Knex, store: FileStore): Promise<number> {
  let total = 0
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const files = await writeAs(database, THE_HOUSE, (trx) => purgeSome(trx, store))
    total += files
    if (files < FILES_AT_ONCE_MAX) break
  }
  return total
}

async function purgeSome(trx: Knex.Transaction, store: FileStore): Promise<number> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `select id from files f where created_at < now() - interval '1 hour' * ?
       and not exists (select from attachments a where a.id = f.id)
     order by created_at limit ? for update skip locked`,
    [KEPT_HOURS, FILES_AT_ONCE_MAX],
  )
  const ids = rows.map(({ id }) => id)
  await Promise.all(ids.map((id) => store.remove(id)))
  await trx('files').whereIn('id', ids).delete()
  return ids.length
}
