import { randomInt } from 'node:crypto'
import type { Knex } from 'knex'
import { NewUser } from '#core/contracts/auth.ts'
import type { UserView } from '#core/contracts/views.ts'
import { newId } from '#core/kernel/ids.ts'

const HUES = 360

interface Wanted {
  readonly email: string
  readonly name: string
  /** Null where somebody signs in elsewhere and has no password here. */
  readonly passwordHash: string | null
}

/**
 * Makes an account; null when the address has one. The caller has been shown that the address is the
 * person's, by a link sent there or by whoever they signed in with: there are no accounts of which
 * that is not so. Throws a ZodError on a name or an address the contract does not take.
 */
export async function createUser(database: Knex, wanted: Wanted): Promise<UserView | null> {
  const { email, name } = NewUser.parse({ email: wanted.email, name: wanted.name })
  const { rows } = await database.raw<{ rows: UserView[] }>(
    `insert into users (id, email, name, hue, password_hash) values (?, ?, ?, ?, ?)
     on conflict (lower(email)) do nothing returning id, name, email`,
    [newId(), email, name, randomInt(HUES), wanted.passwordHash],
  )
  return rows[0] ?? null
}
