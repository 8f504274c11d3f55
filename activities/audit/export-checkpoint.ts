import type { Knex } from 'knex'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { AuditSink } from './sinks/sink.ts'
import { newestSeal } from './stored-seals.ts'

/** Gives the newest seal to the sink, unless `number` is its; answers the newest number, 0 for none. */
export async function exportCheckpoint(
  database: Knex,
  sink: AuditSink,
  number: number,
): Promise<number> {
  const seal = await readAs(database, THE_HOUSE, (trx) => newestSeal(trx))
  if (!seal || seal.number === number) return number
  const checkpoint: Checkpoint = {
    number: seal.number,
    hash: seal.hash.toString('hex'),
    keyId: seal.keyId,
    signature: seal.signature.toString('hex'),
    sealedAt: seal.sealedAt.toISOString(),
  }
  await sink.putCheckpoint(checkpoint)
  return seal.number
}
