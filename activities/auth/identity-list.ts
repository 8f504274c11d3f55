import type { Knex } from 'knex'
import type { Identities } from '#core/contracts/oidc.ts'
import type { UserView } from '#core/contracts/views.ts'
import type { Identity } from './identities.ts'

/** Whose identity it is, or null. */
export async function userByIdentity(
  database: Knex,
  { issuer, subject }: Identity,
): Promise<UserView | null> {
  const { rows } = await database.raw<{ rows: UserView[] }>(
    `select users.id, users.name, users.email from user_identities
     join users on users.id = user_id where issuer = ? and subject = ?`,
    [issuer, subject],
  )
  return rows[0] ?? null
}

/** What somebody signs in with, the oldest first. */
export async function identitiesOf(database: Knex, userId: string): Promise<Identities> {
  const items = await database('user_identities')
    .where({ user_id: userId })
    .orderBy('id')
    .select('id', 'issuer', 'email', 'created_at')
  const user = await database('users').where({ id: userId }).first('password_hash')
  return {
    items: items.map(({ id, issuer, email, created_at }) => ({
      id,
      issuer,
      email,
      createdAt: created_at.toISOString(),
    })),
    hasPassword: user?.password_hash != null,
  }
}
