import type { Knex } from 'knex'
import { LINK_LIFE_S, linkHash, newLinkToken, OPEN_LINKS_MAX } from './link-token.ts'

// One of the doors that write without a workflow, as all that is about signing in is.

/** A new token for a person and the address they want; null when they have enough of them. */
export async function issueEmailChange(
  trx: Knex.Transaction,
  userId: string,
  email: string,
): Promise<string | null> {
  await trx.raw('select pg_advisory_xact_lock(hashtext(?))', [`email ${userId}`])
  await trx.raw('delete from email_changes where expires_at < now()')
  const token = newLinkToken()
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into email_changes (token_hash, user_id, email, expires_at)
     select :hash, :userId, :email, now() + make_interval(secs => :life)
     where (select count(*) from email_changes where user_id = :userId) < :most`,
    { hash: linkHash(token), userId, email, life: LINK_LIFE_S, most: OPEN_LINKS_MAX },
  )
  return rowCount > 0 ? token : null
}

/**
 * Gives a person the address of a token, and ends all links that were on their way to the old one.
 * Answers both addresses, or null when the token is over. Of two who take an address at once,
 * Postgres gives it to one, and throws for the other; see `isTaken`.
 */
export async function changeEmail(
  trx: Knex.Transaction,
  token: string,
): Promise<{ userId: string; before: string; after: string } | null> {
  const { rows } = await trx.raw<{ rows: { userId: string; before: string; after: string }[] }>(
    `delete from email_changes as wanted using users
     where token_hash = ? and expires_at > now() and users.id = user_id
     returning user_id as "userId", users.email as before, wanted.email as after`,
    [linkHash(token)],
  )
  if (!rows[0]) return null
  const { userId, before, after } = rows[0]
  await trx.raw('update users set email = ? where id = ?', [after, userId])
  for (const links of ['email_changes', 'password_resets']) {
    await trx(links).where({ user_id: userId }).delete()
  }
  return { userId, before, after }
}

/** Whether an address was not given because it has an account by now. */
export const isTaken = (error: Error & { readonly constraint?: string }): boolean =>
  error.constraint === 'users_email_unique'
