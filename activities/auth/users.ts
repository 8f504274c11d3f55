import type { Knex } from 'knex'
import type { UserView } from '#core/contracts/views.ts'
import type { Language } from '#core/kernel/choices.ts'
import { hashPassword, isOutdated, isPassword } from './password.ts'

type UserRow = UserView & { passwordHash: string | null }

/** The user with this e-mail address and password, or null; which of the two is wrong stays untold. */
export async function userByPassword(
  database: Knex,
  email: string,
  password: string,
): Promise<UserView | null> {
  const { rows } = await database.raw<{ rows: UserRow[] }>(
    'select id, name, email, password_hash as "passwordHash" from users where lower(email) = lower(?)',
    [email],
  )
  const [row] = rows
  if (!(await isPassword(row?.passwordHash ?? null, password)) || !row) return null
  const { id, name, email: address, passwordHash } = row
  if (passwordHash && isOutdated(passwordHash))
    await renewHash(database, id, passwordHash, password)
  return { id, name, email: address }
}

/** Keeps a right password as one would keep it today, unless another was set meanwhile. */
async function renewHash(
  database: Knex,
  id: string,
  kept: string,
  password: string,
): Promise<void> {
  const password_hash = await hashPassword(password)
  await database('users').where({ id, password_hash: kept }).update({ password_hash })
}

/** Whose address this is, or null. */
export async function userIdByEmail(db: Knex, email: string): Promise<string | null> {
  const user = await db('users').whereRaw('lower(email) = lower(?)', [email]).first('id')
  return user?.id ?? null
}

/** The language chosen by whose address this is; null when nobody's, or none was chosen. */
export async function languageOf(db: Knex, email: string): Promise<Language | null> {
  const user = await db('users')
    .whereRaw('lower(email) = lower(?)', [email])
    .first<{ language: Language | null } | undefined>('language')
  return user?.language ?? null
}

/** The user with this id, or null. */
export async function userById(database: Knex, userId: string): Promise<UserView | null> {
  const { rows } = await database.raw<{ rows: UserView[] }>(
    'select id, name, email from users where id = ?',
    [userId],
  )
  return rows[0] ?? null
}
