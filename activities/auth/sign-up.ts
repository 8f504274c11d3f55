import type { Knex } from 'knex'
import type { UserView } from '#core/contracts/views.ts'
import { createUser } from './create-user.ts'
import { LINK_LIFE_S, linkHash, newLinkToken, OPEN_LINKS_MAX } from './link-token.ts'

// One of the doors that write without a workflow: who signs up is nobody yet.

/** A new token for an address, in lower case; null when it has enough of them. */
export async function issueSignUp(trx: Knex.Transaction, email: string): Promise<string | null> {
  await trx.raw('select pg_advisory_xact_lock(hashtext(?))', [`sign-up ${email}`])
  await trx.raw('delete from sign_ups where expires_at < now()')
  const token = newLinkToken()
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into sign_ups (token_hash, email, expires_at)
     select :hash, :email, now() + make_interval(secs => :life)
     where (select count(*) from sign_ups where email = :email) < :most`,
    { hash: linkHash(token), email, life: LINK_LIFE_S, most: OPEN_LINKS_MAX },
  )
  return rowCount > 0 ? token : null
}

/** The address a token makes an account for; null when it was used, is over or is none. */
export async function addressOfSignUp(database: Knex, token: string): Promise<string | null> {
  const { rows } = await database.raw<{ rows: { email: string }[] }>(
    'select email from sign_ups where token_hash = ? and expires_at > now()',
    [linkHash(token)],
  )
  return rows[0]?.email ?? null
}

/** Makes the account of a token, which ends all of its address; null when the token is over by now. */
export async function finishSignUp(
  trx: Knex.Transaction,
  token: string,
  { name, passwordHash }: { readonly name: string; readonly passwordHash: string },
): Promise<UserView | null> {
  const { rows } = await trx.raw<{ rows: { email: string }[] }>(
    'delete from sign_ups where token_hash = ? and expires_at > now() returning email',
    [linkHash(token)],
  )
  const email = rows[0]?.email
  if (email === undefined) return null
  await trx.raw('delete from sign_ups where email = ?', [email])
  return await createUser(trx, { email, name, passwordHash })
}
