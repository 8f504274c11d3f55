import type { Knex } from 'knex'

// Operators run the installation. What they may see is of all workspaces, so no role in one gives it.

/** Asked anew for every page and call: who is none any more sees nothing more. */
export async function isOperator(db: Knex, userId: string): Promise<boolean> {
  return (await db('operators').where({ user_id: userId }).first('user_id')) !== undefined
}

/** Their addresses, in order. */
export async function operatorEmails(db: Knex): Promise<string[]> {
  return await db('operators as o')
    .join('users as u', 'u.id', 'o.user_id')
    .orderBy('u.email')
    .pluck('u.email')
}

/** Makes somebody an operator; false when they are one. Throws when nobody has the address. */
export async function addOperator(db: Knex, email: string): Promise<boolean> {
  const user_id = await userIdOf(db, email)
  const added = await db('operators').insert({ user_id }).onConflict().ignore().returning('user_id')
  return added.length > 0
}

/** False when they were none. Throws when nobody has the address. */
export async function removeOperator(db: Knex, email: string): Promise<boolean> {
  return (
    (await db('operators')
      .where({ user_id: await userIdOf(db, email) })
      .delete()) > 0
  )
}

async function userIdOf(db: Knex, email: string): Promise<string> {
  const user = await db('users').whereRaw('lower(email) = lower(?)', [email]).first('id')
  if (!user) throw new Error(`Nobody here has the address ${email}.`)
  return user.id
}
