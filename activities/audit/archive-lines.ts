import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { newId } from '#core/kernel/ids.ts'
import { isSigned, signed, type Signed } from '#core/platform/ed25519.ts'
import type { Keyring } from '#core/platform/keyring.ts'
import { LINE, textOf, type StoredLine } from './line.ts'
import type { AuditSink } from './sinks/sink.ts'

const ONLINE_MS = 90 * 24 * 3_600 * 1_000
const SEALS_MAX = 200
const LINES_MAX = 20_000

/** Seals whose lines are in a sink, under a name made of the two. */
export interface Archive extends Signed {
  readonly firstSeal: number
  readonly lastSeal: number
  readonly lines: number
  /** SHA-256 of the lines, one JSON text a line. */
  readonly digest: Buffer
}

export const nameOf = ({ firstSeal, lastSeal }: Pick<Archive, 'firstSeal' | 'lastSeal'>) =>
  `seals-${firstSeal}-${lastSeal}`

export const isTrue = (archive: Archive, keyring: Keyring) =>
  isSigned(keyring, statement(archive), archive)

/** What is signed when lines leave: that just these did. */
const statement = ({ firstSeal, lastSeal, lines, digest }: Omit<Archive, keyof Signed>) =>
  Buffer.from(`${firstSeal}-${lastSeal} ${lines} ${digest.toString('hex')}`)

export const digestOf = (lines: readonly string[]) =>
  createHash('sha256').update(lines.join('\n')).digest()

/**
 * Moves the lines of the oldest seals that are older than 90 days to the sink, and leaves a signed
 * word of it; answers how many. What is broken off is done again: the sink takes the same lines
 * twice as one, and they leave the database only once they are booked as archived.
 */
export async function archiveLines(
  database: Knex,
  sink: AuditSink,
  keyring: Keyring,
  nowMs = Date.now(),
): Promise<number> {
  return await writeAs(database, THE_HOUSE, async (trx) => {
    const seals = await oldSeals(trx, new Date(nowMs - ONLINE_MS))
    const [firstSeal, lastSeal] = [seals[0], seals.at(-1)]
    if (firstSeal === undefined || lastSeal === undefined) return 0
    const texts = (await linesOf(trx, firstSeal, lastSeal)).map(textOf)
    const content = { firstSeal, lastSeal, lines: texts.length, digest: digestOf(texts) }
    if (texts.length > 0) await sink.putLines(nameOf(content), texts)
    const { keyId, signature } = signed(keyring, statement(content))
    await trx('audit_archives').insert({
      id: newId(),
      first_seal: firstSeal,
      last_seal: lastSeal,
      lines: content.lines,
      digest: content.digest,
      key_id: keyId,
      signature,
    })
    await trx.raw('select app.forget_archived(?, ?)', [firstSeal, lastSeal])
    return texts.length
  })
}

/** The oldest seals that are not archived and old enough, as many as hold few enough lines. */
async function oldSeals(trx: Knex.Transaction, before: Date): Promise<number[]> {
  const { rows } = await trx.raw<{ rows: { number: number; leaves: number }[] }>(
    `select number, leaves from audit_seals
     where number > (select coalesce(max(last_seal), 0) from audit_archives)
       and sealed_at < ?
     order by number limit ?`,
    [before, SEALS_MAX],
  )
  let lines = 0
  return rows.filter(({ leaves }) => (lines += leaves) <= LINES_MAX).map(({ number }) => number)
}

async function linesOf(
  trx: Knex.Transaction,
  firstSeal: number,
  lastSeal: number,
): Promise<StoredLine[]> {
  const { rows } = await trx.raw<{ rows: StoredLine[] }>(
    `select ${LINE} from audit_leaves l join audit_log a on a.id = l.line_id
     where l.seal between ? and ? order by l.seal, l.place`,
    [firstSeal, lastSeal],
  )
  return rows
}
