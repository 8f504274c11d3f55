import type { Knex } from 'knex'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { insertRows } from '#core/platform/insert-rows.ts'
import type { Keyring } from '#core/platform/keyring.ts'
import { LINE, textOf, type StoredLine } from './line.ts'
import { leafHash, merkleRoot } from './merkle.ts'
import { BEGINNING, makeSeal, type Seal } from './seal.ts'

export const LINES_PER_SEAL_MAX = 5_000

/** `new`: what came since the last seal. `all`: whatever has none, say after a restore from a dump. */
export type Which = 'new' | 'all'

interface LastSeal {
  readonly number: number
  readonly hash: Buffer
  readonly horizon: string
}

type Unsealed = StoredLine & { readonly transaction: string; readonly horizon: string }

/**
 * Seals lines whose transactions are over and before which none can appear any more; answers how
 * many. One transaction: broken off, it has sealed nothing. Of several workers, one seals at a time
 * and the others find nothing to do.
 */
export async function sealLines(
  database: Knex,
  keyring: Keyring,
  which: Which = 'new',
): Promise<number> {
  return await writeAs(database, THE_HOUSE, async (trx) => {
    if (!(await isFirst(trx))) return 0
    const last = await trx('audit_seals')
      .orderBy('number', 'desc')
      .first<LastSeal | undefined>('number', 'hash', 'horizon')
    const lines = await unsealed(trx, last?.horizon ?? '0', which)
    if (lines.length > 0) await store(trx, lines, last, keyring, which)
    return lines.length
  })
}

async function isFirst(trx: Knex.Transaction): Promise<boolean> {
  const sql = `select pg_try_advisory_xact_lock(hashtextextended('audit seals', 0)) as won`
  const { rows } = await trx.raw<{ rows: { won: boolean }[] }>(sql)
  return rows[0]!.won
}

/**
 * Every transaction below the snapshot's xmin is over, so what one of them wrote is all there. A
 * number above its xmax is of another cluster, whose transactions are over too. Leaves are looked for
 * line by line: planned while there are few, a join would read all of them for each line ever after.
 */
async function unsealed(trx: Knex.Transaction, horizon: string, which: Which): Promise<Unsealed[]> {
  const { rows } = await trx.raw<{ rows: Unsealed[] }>(
    `select ${LINE}, a.transaction::text, pg_snapshot_xmin(pg_current_snapshot())::text as horizon
     from audit_log a
     left join lateral (select * from audit_leaves where line_id = a.id limit 1) l on true
     where (a.transaction < pg_snapshot_xmin(pg_current_snapshot())
         ${which === 'all' ? 'or a.transaction > pg_snapshot_xmax(pg_current_snapshot())' : ''})
       ${which === 'new' ? 'and a.transaction >= ?::text::xid8' : ''}
       and l.line_id is null
     order by a.transaction, a.id limit ?`,
    [...(which === 'new' ? [horizon] : []), LINES_PER_SEAL_MAX],
  )
  return rows
}

async function store(
  trx: Knex.Transaction,
  lines: readonly Unsealed[],
  last: LastSeal | undefined,
  keyring: Keyring,
  which: Which,
): Promise<void> {
  const hashes = lines.map((line) => leafHash(textOf(line)))
  const content = {
    number: (last?.number ?? 0) + 1,
    leaves: lines.length,
    root: merkleRoot(hashes),
    previous: last?.hash ?? BEGINNING,
    sealedAt: new Date(),
  }
  const seal = makeSeal(content, keyring)
  await trx('audit_seals').insert(rowOf(seal, horizonAfter(lines, last, which)))
  await insertRows(
    trx,
    'audit_leaves',
    lines.map((line, place) => ({
      seal: seal.number,
      place,
      workspace_id: line.workspaceId,
      line_id: line.id,
      hash: `\\x${hashes[place]!.toString('hex')}`,
    })),
  )
}

/** Where the next look begins: behind a full seal there may be more of the same transaction. */
function horizonAfter(
  lines: readonly Unsealed[],
  last: LastSeal | undefined,
  which: Which,
): string {
  if (lines.length < LINES_PER_SEAL_MAX) return lines[0]!.horizon
  return which === 'all' ? (last?.horizon ?? '0') : lines.at(-1)!.transaction
}

function rowOf(seal: Seal, horizon: string) {
  return {
    number: seal.number,
    leaves: seal.leaves,
    root: seal.root,
    previous: seal.previous,
    hash: seal.hash,
    key_id: seal.keyId,
    signature: seal.signature,
    horizon,
    sealed_at: seal.sealedAt,
  }
}
