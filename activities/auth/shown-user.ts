import type { Knex } from 'knex'

/** Somebody as others see them. */
interface ShownUser {
  readonly id: string
  readonly name: string
  readonly hue: number
}

export async function shownUser(db: Knex, userId: string): Promise<ShownUser | undefined> {
  return await db<ShownUser>('users').where({ id: userId }).first('id', 'name', 'hue')
}
