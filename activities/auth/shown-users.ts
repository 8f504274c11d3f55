import type { Knex } from 'knex'

/** Somebody as others see them. */
interface ShownUser {
  readonly id: string
  readonly name: string
  readonly hue: number
}

/** Those of the people there are, by id. */
export async function shownUsers(
  db: Knex,
  userIds: readonly string[],
): Promise<Map<string, ShownUser>> {
  const users = await db<ShownUser>('users').whereIn('id', userIds).select('id', 'name', 'hue')
  return new Map(users.map((user) => [user.id, user]))
}
