import { createHash, randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'

/**
 * Refresh tokens. A browser signs in and gets the first token of a family; each use replaces the
 * token with the next one. A token that comes a second time was stolen, from the browser or by it,
 * and nobody can tell which: the whole family ends. Only hashes are kept.
 *
 * This is one of the doors that write without a workflow: nobody waits for an engine to sign in.
 */
export const SESSION_LIFE_S = 7 * 24 * 60 * 60

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
  replaced: boolean
  over: boolean
}

const hashOf = (token: string) => createHash('sha256').update(token).digest()
const over = () => new Refusal('auth.expired', 'The session is over. Sign in again.')

/** Begins a family and answers its first token. */
export async function openSession(database: Knex, userId: string, place: Place): Promise<string> {
  return await addToken(database, userId, newId(), place)
}

/** Replaces a token by the next of its family; refuses with auth.expired. */
export async function renewSession(
  database: Knex,
  token: string,
  place: Place,
): Promise<{ userId: string; token: string }> {
  const next = await database.transaction(async (trx) => {
    const session = await lockedSession(trx, token)
    if (!session || session.over) return null
    if (session.replaced) {
      await endFamily(trx, session.familyId)
      return null
    }
    await trx.raw('update sessions set replaced_at = now() where token_hash = ?', [hashOf(token)])
    const { userId, familyId } = session
    return { userId, token: await addToken(trx, userId, familyId, place) }
  })
  if (!next) throw over()
  return next
}

/** Ends the family of a token; an unknown token ends nothing. */
export async function closeSession(database: Knex, token: string): Promise<void> {
  await database.transaction(async (trx) => {
    const session = await lockedSession(trx, token)
    if (session) await endFamily(trx, session.familyId)
  })
}

async function lockedSession(trx: Knex.Transaction, token: string): Promise<SessionRow | null> {
  const { rows } = await trx.raw<{ rows: SessionRow[] }>(
    `select family_id as "familyId", user_id as "userId", replaced_at is not null as replaced,
       revoked_at is not null or expires_at <= now() as over
     from sessions where token_hash = ? for update`,
    [hashOf(token)],
  )
  return rows[0] ?? null
}

async function endFamily(trx: Knex.Transaction, familyId: string): Promise<void> {
  await trx.raw(
    'update sessions set revoked_at = now() where family_id = ? and revoked_at is null',
    [familyId],
  )
}

async function addToken(
  database: Knex,
  userId: string,
  familyId: string,
  { ip, userAgent }: Place,
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  await database.raw(
    `insert into sessions (id, user_id, family_id, token_hash, user_agent, ip, expires_at)
     values (?, ?, ?, ?, ?, ?, now() + make_interval(secs => ?))`,
    [
      newId(),
      userId,
      familyId,
      hashOf(token),
      userAgent.slice(0, AGENT_CHARS_MAX),
      ip,
      SESSION_LIFE_S,
    ],
  )
  return token
}
