import type { Knex } from 'knex'
import type { UserView } from '#core/contracts/views.ts'
import { LINK_LIFE_S, linkHash, newLinkToken, OPEN_LINKS_MAX } from './link-token.ts'
import { setPassword } from './set-password.ts'

/** A new token for whoever has this address; null when nobody has, or they have enough. */
export async function issueReset(trx: Knex.Transaction, email: string): Promise<string | null> {
  // Nobody's row is locked for it: the worker may not change users.
  await trx.raw('select pg_advisory_xact_lock(hashtext(lower(?)))', [`reset ${email}`])
  await trx.raw('delete from password_resets where expires_at < now()')
  const token = newLinkToken()
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into password_resets (token_hash, user_id, expires_at)
     select ?, id, now() + make_interval(secs => ?) from users
     where lower(email) = lower(?)
       and (select count(*) from password_resets where user_id = users.id) < ?`,
    [linkHash(token), LINK_LIFE_S, email, OPEN_LINKS_MAX],
  )
  return rowCount > 0 ? token : null
}

/** Whose password a token may set; null when it was used, is over or is none. */
export async function userOfReset(database: Knex, token: string): Promise<UserView | null> {
  const { rows } = await database.raw<{ rows: UserView[] }>(
    `select users.id, name, email from password_resets join users on users.id = user_id
     where token_hash = ? and expires_at > now()`,
    [linkHash(token)],
  )
  return rows[0] ?? null
}

/** Sets a new password and ends all sessions and other links; false when the token is over by now. */
export async function resetPassword(
  database: Knex,
  token: string,
  passwordHash: string,
): Promise<boolean> {
  return await database.transaction(async (trx) => {
    const { rows } = await trx.raw<{ rows: { userId: string }[] }>(
      `delete from password_resets where token_hash = ? and expires_at > now()
       returning user_id as "userId"`,
      [linkHash(token)],
    )
    const userId = rows[0]?.userId
    if (userId === undefined) return false
    await setPassword(trx, { userId, passwordHash, sessionId: null })
    return true
  })
}
