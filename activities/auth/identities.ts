import type { Knex } from 'knex'
import type { UserView } from '#core/contracts/views.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { createUser } from './create-user.ts'

/**
 * Who somebody is at an issuer: its address and its own name for them, which it gives to nobody
 * else. The address of a mailbox is no part of it, as that may pass to another person.
 */
export interface Identity {
  readonly issuer: string
  readonly subject: string
}

const IDENTITIES_MAX = 10

// One of the doors that write without a workflow: nobody waits for an engine to sign in.

/**
 * Lets somebody sign in with an identity, and answers its id; null when they could before. Refuses
 * with identity.taken and identity.limit.
 */
export async function linkIdentity(
  database: Knex,
  userId: string,
  { issuer, subject, email }: Identity & { readonly email: string | null },
): Promise<string | null> {
  return await database.transaction(async (trx) => {
    await lockUser(trx, userId)
    const held = await trx('user_identities').where({ user_id: userId }).select('issuer', 'subject')
    if (held.some((each) => each.issuer === issuer && each.subject === subject)) return null
    if (held.length >= IDENTITIES_MAX) {
      throw new Refusal('identity.limit', `Nobody has more than ${IDENTITIES_MAX}.`)
    }
    const rows = await trx('user_identities')
      .insert({ id: newId(), user_id: userId, issuer, subject, email })
      .onConflict(['issuer', 'subject'])
      .ignore()
      .returning('id')
    const [row] = rows
    if (!row) throw new Refusal('identity.taken', 'This sign-in belongs to another account.')
    return row.id
  })
}

/** Makes an account for who has an identity; null when the address has one. */
export async function createUserByIdentity(
  database: Knex,
  { email, name, ...identity }: Identity & { readonly email: string; readonly name: string },
): Promise<UserView | null> {
  return await database.transaction(async (trx) => {
    const user = await createUser(trx, { email, name, passwordHash: null })
    if (user) await linkIdentity(trx, user.id, { ...identity, email })
    return user
  })
}

/**
 * Takes an identity of somebody's away. Refuses with identity.not_found, and with identity.last when
 * neither a password nor another identity of `issuer`, who signs people in today, would be left.
 */
export async function unlinkIdentity(
  database: Knex,
  userId: string,
  identityId: string,
  issuer: string | null,
): Promise<void> {
  await database.transaction(async (trx) => {
    const user = await lockUser(trx, userId)
    const taken = await trx('user_identities').where({ id: identityId, user_id: userId }).delete()
    if (taken === 0) throw new Refusal('identity.not_found', 'There is no such sign-in of yours.')
    if (user?.password_hash) return
    const left = await trx('user_identities')
      .where({ user_id: userId })
      .whereRaw("rtrim(issuer, '/') = rtrim(?, '/')", [issuer])
      .first('id')
    if (!left) throw new Refusal('identity.last', 'It is the only way in. Set a password first.')
  })
}

/** Of two who change one person's ways in at once, the second sees what the first has left. */
async function lockUser(trx: Knex.Transaction, userId: string) {
  return await trx('users').where({ id: userId }).forUpdate().first('password_hash')
}
