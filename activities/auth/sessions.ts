import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Keyring } from '#core/platform/keyring.ts'

/**
 * Refresh tokens. A browser signs in and gets the first token of a family; each use replaces the
 * token with the next one. A token that comes again because its answer was lost, when a page was
 * left in that moment, gets the same next one, which is made from it with the server's key. Else it
 * was stolen, from the browser or by it, and nobody can tell which: the whole family ends. Only
 * hashes are kept.
 *
 * This is one of the doors that write without a workflow: nobody waits for an engine to sign in.
 */
export const SESSION_LIFE_S = 7 * 24 * 60 * 60
const REMEMBERED_LIFE_S = 30 * 24 * 60 * 60

/** For so long a lost answer is given again, as long as nobody has used it. */
const GRACE_S = 10
const TOKEN_BYTES = 32
const AGENT_CHARS_MAX = 300

/** Where a session is used from; shown to its owner, never trusted. */
export interface Place {
  readonly ip: string
  readonly userAgent: string
}

interface SessionRow {
  familyId: string
  userId: string
  isRemembered: boolean
  /** Seconds ago; null for the newest of its family. */
  replacedS: number | null
  over: boolean
}

const hashOf = (token: string) => createHash('sha256').update(token).digest()
const nextOf = (token: string, key: Buffer) =>
  createHmac('sha256', key).update(`refresh ${token}`).digest('base64url')
const over = () => new Refusal('auth.expired', 'The session is over. Sign in again.')

export interface Whose {
  readonly userId: string
  readonly sessionId: string
}

/** Writes down, in the transaction that ends it, that a token of a session was used twice. */
type TellOfTheft = (trx: Knex.Transaction, whose: Whose) => Promise<void>

/** A session as it goes on: its family, and the token that continues it. */
export interface OpenSession {
  readonly userId: string
  readonly sessionId: string
  readonly token: string
  /** Seconds the token is good for. */
  readonly lifeS: number
}

const lifeOf = (isRemembered: boolean) => (isRemembered ? REMEMBERED_LIFE_S : SESSION_LIFE_S)

/** Begins a family, with its first token; a remembered one is good for longer. */
export async function openSession(
  database: Knex,
  userId: string,
  isRemembered: boolean,
  place: Place,
): Promise<OpenSession> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const sessionId = newId()
  await addToken(database, token, { userId, familyId: sessionId, isRemembered }, place)
  return { userId, sessionId, token, lifeS: lifeOf(isRemembered) }
}

/** Replaces a token by the next of its family, made with the current key; refuses with auth.expired. */
export async function renewSession(
  database: Knex,
  keyring: Keyring,
  token: string,
  place: Place,
  tellOfTheft: TellOfTheft,
): Promise<OpenSession> {
  const nexts = [...keyring.byId.values()].map(({ bytes }) => nextOf(token, bytes))
  const renewed = await database.transaction(async (trx) => {
    const session = await lockedSession(trx, token)
    if (!session || session.over) return null
    if (session.replacedS !== null) return await heardAgain(trx, session, nexts, tellOfTheft)
    const next = nexts[0]!
    await trx.raw('update sessions set replaced_at = now() where token_hash = ?', [hashOf(token)])
    await addToken(trx, next, session, place)
    return { ...session, token: next }
  })
  if (renewed === null) throw over()
  const { userId, familyId: sessionId, isRemembered } = renewed
  return { userId, sessionId, token: renewed.token, lifeS: lifeOf(isRemembered) }
}

/** The session with its next token, of any live key, if it may be told again; else its family ends. */
async function heardAgain(
  trx: Knex.Transaction,
  session: SessionRow,
  nexts: readonly string[],
  tellOfTheft: TellOfTheft,
): Promise<(SessionRow & { token: string }) | null> {
  for (const token of nexts) {
    const successor = await lockedSession(trx, token)
    const isUnused = successor?.over === false && successor.replacedS === null
    if (isUnused && session.replacedS! < GRACE_S) return { ...session, token }
  }
  if (await endFamily(trx, session.familyId)) {
    await tellOfTheft(trx, { userId: session.userId, sessionId: session.familyId })
  }
  return null
}

/** Ends the family of a token and answers whose it was; null when it ended nothing. */
export async function closeSession(database: Knex, token: string): Promise<Whose | null> {
  return await database.transaction(async (trx) => {
    const session = await lockedSession(trx, token)
    if (!session || !(await endFamily(trx, session.familyId))) return null
    return { userId: session.userId, sessionId: session.familyId }
  })
}

/** Ends one of somebody's sessions; false when they have none of that id that goes on. */
export async function endSession(
  database: Knex,
  userId: string,
  sessionId: string,
): Promise<boolean> {
  return (await endSessions(database, 'user_id = ? and family_id = ?', [userId, sessionId])) > 0
}

/** Ends all of somebody's sessions but one. */
export async function endOtherSessions(
  database: Knex,
  userId: string,
  sessionId: string | null,
): Promise<void> {
  const where = 'user_id = ? and family_id is distinct from ?'
  await endSessions(database, where, [userId, sessionId])
}

/** Ends all of somebody's sessions. */
export async function endAllSessions(database: Knex, userId: string): Promise<void> {
  await endSessions(database, 'user_id = ?', [userId])
}

async function endSessions(
  database: Knex,
  where: string,
  bindings: readonly (string | null)[],
): Promise<number> {
  const sql = `update sessions set revoked_at = now() where revoked_at is null and ${where}`
  const { rowCount } = await database.raw<{ rowCount: number }>(sql, [...bindings])
  return rowCount
}

async function lockedSession(trx: Knex.Transaction, token: string): Promise<SessionRow | null> {
  const { rows } = await trx.raw<{ rows: SessionRow[] }>(
    `select family_id as "familyId", user_id as "userId", is_remembered as "isRemembered",
       extract(epoch from now() - replaced_at)::float as "replacedS",
       -- One that was refreshed while it was ended has a newest token that the end did not see.
       expires_at <= now() or exists (
         select from sessions ended
         where ended.family_id = sessions.family_id and ended.revoked_at is not null
       ) as over
     from sessions where token_hash = ? for update`,
    [hashOf(token)],
  )
  return rows[0] ?? null
}

/** False when it was over before. */
async function endFamily(trx: Knex.Transaction, familyId: string): Promise<boolean> {
  return (await endSessions(trx, 'family_id = ?', [familyId])) > 0
}

async function addToken(
  database: Knex,
  token: string,
  { userId, familyId, isRemembered }: Pick<SessionRow, 'userId' | 'familyId' | 'isRemembered'>,
  { ip, userAgent }: Place,
): Promise<void> {
  await database.raw(
    `insert into sessions (id, user_id, family_id, token_hash, user_agent, ip, is_remembered, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, now() + make_interval(secs => ?))`,
    [
      newId(),
      userId,
      familyId,
      hashOf(token),
      userAgent.slice(0, AGENT_CHARS_MAX),
      ip,
      isRemembered,
      lifeOf(isRemembered),
    ],
  )
}
