import type { Knex } from 'knex'
import type { ChangeProfile, Profile } from '#core/contracts/profile.ts'

const COLUMNS = { name: 'name', hue: 'hue', language: 'language', timeZone: 'time_zone' } as const

export async function profileOf(database: Knex, userId: string): Promise<Profile | null> {
  return (await database('users').where({ id: userId }).first<Profile>(COLUMNS)) ?? null
}

/** Changes how somebody is shown; one of the doors that write without a workflow, as signing in is. */
export async function changeProfile(
  trx: Knex.Transaction,
  userId: string,
  { timeZone, ...changes }: ChangeProfile,
): Promise<Profile> {
  const columns = { ...changes, ...(timeZone === undefined ? {} : { time_zone: timeZone }) }
  const rows = await trx('users').where({ id: userId }).update(columns).returning(['id'])
  if (rows.length === 0) throw new Error('Who changes their profile has none.')
  return (await profileOf(trx, userId))!
}
