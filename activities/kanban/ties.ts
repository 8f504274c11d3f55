import type { Knex } from 'knex'
import type { TargetKind } from '#core/contracts/action.ts'
import type { Tie } from '#core/kernel/permissions.ts'

/** What a user, named in SQL, has to do with a card of a statement: the list of ties, in SQL. */
export const tiesSql = (card: string, userId: string) => `array_remove(array[
    case when ${card}.created_by = ${userId} then 'creator' end,
    case when exists (
      select from card_assignees a where a.card_id = ${card}.id and a.user_id = ${userId}
    ) then 'assignee' end
  ], null)`

/** What somebody has to do with a card, which is named by itself or by an item of its checklist. */
export async function tiesTo(
  db: Knex,
  kind: TargetKind,
  targetId: string,
  userId: string,
): Promise<Tie[]> {
  const card =
    kind === 'checklist-item'
      ? '(select card_id from checklist_items where id = :targetId)'
      : ':targetId'
  const { rows } = await db.raw<{ rows: { ties: Tie[] }[] }>(
    `select ${tiesSql('c', ':userId')} as ties from cards c where c.id = ${card}`,
    { targetId, userId },
  )
  return rows[0]?.ties ?? []
}
