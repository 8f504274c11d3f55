import type { Knex } from 'knex'

/** More unread than this are told as so many. */
const UNREAD_COUNTED_MAX = 1_000

/** For each of the people a text that is another one when something came into their inbox or was read. */
export async function inboxMarks(
  trx: Knex.Transaction,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await trx.raw<{ rows: { userId: string; mark: string }[] }>(
    `select asked.id as "userId", concat(
       (select n.id from notifications n where n.user_id = asked.id and n.in_inbox
        order by n.id desc limit 1), ' ',
       (select count(*) from (
          select from notifications n
          where n.user_id = asked.id and n.in_inbox and n.read_at is null limit ?
        ) as unread)) as mark
     from unnest(?::uuid[]) as asked (id)`,
    [UNREAD_COUNTED_MAX, [...userIds]],
  )
  return new Map(rows.map(({ userId, mark }) => [userId, mark]))
}
