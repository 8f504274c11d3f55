import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { readAs, THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'
import { packedTexts, unkeptTexts } from './metrics.ts'
import { Packer } from './packer.ts'
import { replaceTail } from './replace-tail.ts'
import { storedText } from './stored-text.ts'
import { tellText } from './tell-text.ts'

const LOOK_EVERY_MS = 2_000
const TEXTS_AT_ONCE = 100
/** One that fails is left alone for a while, so that it does not keep the others waiting. */
const AGAIN_AFTER_MS = 300_000

interface Due {
  readonly cardId: string
  readonly isToTell: boolean
  readonly isToPack: boolean
}

/**
 * What is due stands in the rows of the texts, so none is forgotten, whoever wrote it and whatever
 * process died meanwhile: told when nobody has written for two seconds, or ten after it was told;
 * packed when there is much of it, or nobody has written for a minute.
 */
const DUE = `
  with unsettled as (
    select card_id, changed_at,
      seq > told_seq and (changed_at < now() - interval '2 s' or told_at < now() - interval '10 s')
        as to_tell,
      seq > snapshot_seq and (
        seq - snapshot_seq >= 500 or tail_bytes >= 262144 or changed_at < now() - interval '60 s'
      ) as to_pack
    from crdt_docs where not settled and card_id <> all(:left::uuid[])
  )
  select card_id as "cardId", to_tell as "isToTell", to_pack as "isToPack"
  from unsettled where to_tell or to_pack order by changed_at limit :limit`

interface Tools {
  readonly database: Knex
  readonly log: Log
}

/** Packs and tells texts until `signal` aborts. */
export async function keepTexts(tools: Tools, signal: AbortSignal): Promise<void> {
  const packer = new Packer()
  const failed = new Map<string, number>()
  signal.addEventListener('abort', () => void packer.close(), { once: true })
  while (!signal.aborted) {
    await keepDueTexts(tools, packer, { failed, signal }).catch((error: unknown) => {
      tools.log.warn({ error }, 'could not look after the texts')
    })
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

interface Round {
  /** Until when each that failed is left alone. */
  readonly failed: Map<string, number>
  readonly signal?: AbortSignal
}

/** One round; answers how many were due. */
export async function keepDueTexts(
  { database, log }: Tools,
  packer: Packer,
  { failed, signal }: Round = { failed: new Map() },
): Promise<number> {
  const now = Date.now()
  const left = [...failed].filter(([, untilMs]) => untilMs > now).map(([cardId]) => cardId)
  const bindings = { left, limit: TEXTS_AT_ONCE }
  const { rows } = await readAs(database, THE_HOUSE, (trx) =>
    trx.raw<{ rows: Due[] }>(DUE, bindings),
  )
  for (const due of rows) {
    if (signal?.aborted) break
    try {
      await keepText(database, packer, due)
      failed.delete(due.cardId)
    } catch (error) {
      if (signal?.aborted) break
      unkeptTexts.inc()
      failed.set(due.cardId, now + AGAIN_AFTER_MS)
      log.error({ error, cardId: due.cardId }, 'could not pack or tell a text')
    }
  }
  return rows.length
}

async function keepText(database: Knex, packer: Packer, due: Due): Promise<void> {
  const { cardId, isToTell, isToPack } = due
  const stored = await readAs(database, THE_HOUSE, (trx) => storedText(trx, cardId))
  if (!stored) return
  const packed = await packer.pack(stored)
  // Told first: who wrote it is in the rows that packing takes away.
  if (isToTell) await tellText(database, { cardId, seq: stored.seq, ...packed })
  if (!isToPack) return
  const replace = (trx: Knex.Transaction) => replaceTail(trx, cardId, stored, packed)
  if (await writeAs(database, THE_HOUSE, replace)) packedTexts.inc()
}
