import type { Knex } from 'knex'
import { FROM_INSIDE, recordOfInstallation } from '#activities/audit/queries.ts'

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
  return await db.transaction(async (trx) => {
    const user_id = await userIdOf(trx, email)
    const operator = trx('operators').insert({ user_id }).onConflict().ignore()
    if ((await operator.returning('user_id')).length === 0) return false
    await tell(trx, 'operator.add', user_id)
    return true
  })
}

/** False when they were none. Throws when nobody has the address. */
export async function removeOperator(db: Knex, email: string): Promise<boolean> {
  return await db.transaction(async (trx) => {
    const user_id = await userIdOf(trx, email)
    if ((await trx('operators').where({ user_id }).delete()) === 0) return false
    await tell(trx, 'operator.remove', user_id)
    return true
  })
}

/** Nobody of the product does it: who may run commands on the host is the host's affair. */
async function tell(
  trx: Knex.Transaction,
  action: 'operator.add' | 'operator.remove',
  targetId: string,
): Promise<void> {
  const what = { action, actorId: null, targetKind: 'user', targetId }
  await recordOfInstallation(trx, { ...what, ...FROM_INSIDE })
}

async function userIdOf(db: Knex, email: string): Promise<string> {
  const user = await db('users').whereRaw('lower(email) = lower(?)', [email]).first('id')
  if (!user) throw new Error(`Nobody here has the address ${email}.`)
  return user.id
}
