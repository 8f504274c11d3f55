import type { Knex } from 'knex'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'
import { isSigned } from '#core/platform/ed25519.ts'
import type { Keyring } from '#core/platform/keyring.ts'
import { digestOf, isTrue, nameOf, type Archive } from './archive-lines.ts'
import type { Checkpoint } from './checkpoint.ts'
import { LINE, textOf, type StoredLine } from './line.ts'
import { leafHash, merkleRoot } from './merkle.ts'
import { BEGINNING, isWhole, type Seal } from './seal.ts'
import type { AuditSink } from './sinks/sink.ts'
import { sealsAfter } from './stored-seals.ts'

const SEALS_PER_LOOK = 100

export interface Verdict {
  readonly seals: number
  readonly lines: number
  /** How many lines are not sealed yet. */
  readonly unsealed: number
  /** What is not as it was sealed, a sentence each that names the line or the seal. */
  readonly findings: readonly string[]
}

interface Leaf {
  readonly place: number
  readonly lineId: string
  readonly hash: Buffer
  readonly workspaceId: string
  /** Null when the line is not in the log. */
  readonly line: StoredLine | null
}

/**
 * Compares every sealed line with what was sealed, the seals with each other and their signatures,
 * the archive with its word, and the newest seal with the newest checkpoint outside.
 */
export async function verifyAudit(
  database: Knex,
  sink: AuditSink,
  keyring: Keyring,
): Promise<Verdict> {
  const findings: string[] = []
  const known = await archivesOf(database)
  let [lines, seals, last] = [0, 0, { number: 0, hash: BEGINNING } as Pick<Seal, 'number' | 'hash'>]
  for (;;) {
    const next = await readAs(database, THE_HOUSE, (trx) =>
      sealsAfter(trx, last.number, SEALS_PER_LOOK),
    )
    for (const seal of next) {
      findings.push(...sealFindings(seal, last, keyring))
      const isArchived = known.some(
        ({ firstSeal, lastSeal }) => firstSeal <= seal.number && seal.number <= lastSeal,
      )
      findings.push(...(await leafFindings(database, seal, isArchived)))
      lines += seal.leaves
      seals += 1
      last = seal
    }
    if (next.length < SEALS_PER_LOOK) break
  }
  for (const archive of known) findings.push(...(await archiveFindings(archive, sink, keyring)))
  findings.push(
    ...(await checkpointFindings(database, await sink.latestCheckpoint(), last, keyring)),
  )
  return { seals, lines, unsealed: await unsealedLines(database), findings }
}

function sealFindings(seal: Seal, last: Pick<Seal, 'number' | 'hash'>, keyring: Keyring): string[] {
  const name = `Seal ${seal.number}`
  const findings: string[] = []
  if (seal.number !== last.number + 1) findings.push(`${name} does not follow seal ${last.number}.`)
  if (!seal.previous.equals(last.hash)) findings.push(`${name} names another seal before it.`)
  if (!isWhole(seal, keyring)) findings.push(`${name} was changed, or signed with another key.`)
  return findings
}

async function leafFindings(database: Knex, seal: Seal, isArchived: boolean): Promise<string[]> {
  const leaves = await leavesOf(database, seal.number)
  const findings = leaves.flatMap((leaf) => lineFinding(leaf, seal.number, isArchived))
  const hashes = leaves.map(({ hash }) => hash)
  const isSame = hashes.length === seal.leaves && merkleRoot(hashes).equals(seal.root)
  if (!isSame) findings.push(`Seal ${seal.number} holds other lines than were sealed.`)
  return findings
}

function lineFinding({ line, lineId, hash }: Leaf, seal: number, isArchived: boolean): string[] {
  if (!line) return isArchived ? [] : [`Line ${lineId} of seal ${seal} is gone.`]
  if (leafHash(textOf(line)).equals(hash)) return []
  return [`Line ${lineId} of seal ${seal} was changed.`]
}

async function leavesOf(database: Knex, number: number): Promise<Leaf[]> {
  const { rows } = await readAs(database, THE_HOUSE, (trx) =>
    trx.raw<{ rows: (StoredLine & Omit<Leaf, 'line'>)[] }>(
      `select l.place, l.line_id as "lineId", l.hash, ${LINE}
       from audit_leaves l left join audit_log a on a.id = l.line_id
       where l.seal = ? order by l.place`,
      [number],
    ),
  )
  return rows.map((row) => ({ ...row, line: row.id === null ? null : row }))
}

async function archivesOf(database: Knex): Promise<Archive[]> {
  return await readAs(
    database,
    THE_HOUSE,
    async (trx) =>
      (await trx('audit_archives').orderBy('first_seal').select({
        firstSeal: 'first_seal',
        lastSeal: 'last_seal',
        lines: 'lines',
        digest: 'digest',
        keyId: 'key_id',
        signature: 'signature',
      })) as Archive[],
  )
}

async function archiveFindings(
  archive: Archive,
  sink: AuditSink,
  keyring: Keyring,
): Promise<string[]> {
  const name = `The archive of ${nameOf(archive)}`
  if (!isTrue(archive, keyring)) return [`${name} was changed, or signed with another key.`]
  if (archive.lines === 0) return []
  const lines = await sink.readLines(nameOf(archive)).catch(() => null)
  if (!lines) return [`${name} is gone from the sink.`]
  return digestOf(lines).equals(archive.digest)
    ? []
    : [`${name} has other lines than were put there.`]
}

/** Whether the database still knows what it gave out: a restore to an older state does not. */
async function checkpointFindings(
  database: Knex,
  outside: Checkpoint | null,
  last: Pick<Seal, 'number'>,
  keyring: Keyring,
): Promise<string[]> {
  if (!outside) return []
  const hash = Buffer.from(outside.hash, 'hex')
  const signature = Buffer.from(outside.signature, 'hex')
  if (!isSigned(keyring, hash, { keyId: outside.keyId, signature })) {
    return [`The checkpoint of seal ${outside.number} is not signed by a key we know.`]
  }
  if (outside.number > last.number) {
    return [
      `The database ends with seal ${last.number}, and seal ${outside.number} was given out: it is an older state.`,
    ]
  }
  const [seal] = await readAs(database, THE_HOUSE, (trx) => sealsAfter(trx, outside.number - 1, 1))
  if (seal?.hash.equals(hash)) return []
  return [`Seal ${outside.number} is another than the one that was given out.`]
}

async function unsealedLines(database: Knex): Promise<number> {
  const { rows } = await readAs(database, THE_HOUSE, (trx) =>
    trx.raw<{ rows: { count: number }[] }>(
      `select count(*)::int as count from audit_log a
       where not exists (select from audit_leaves l where l.line_id = a.id)`,
    ),
  )
  return rows[0]!.count
}
