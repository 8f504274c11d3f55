import type { Knex } from 'knex'
import type { TargetKind } from '#core/contracts/action.ts'
import type { Tie } from '#core/kernel/permissions.ts'

/** What somebody has to do with a card, which is named by itself or by an item of its checklist. */
export async function tiesTo(
  db: Knex,
  kind: TargetKind,
  targetId: string,
  userId: string,
): Promise<Tie[]> {
  const card =
    kind === 'checklist-item' ? '(select card_id from checklist_items where id = ?)' : '?'
  const { rows } = await db.raw<{ rows: { tie: Tie }[] }>(
    `with asked as (select id, created_by from cards where id = ${card})
     select 'creator' as tie from asked where created_by = ?
     union all
     select 'assignee' from asked join card_assignees a on a.card_id = asked.id and a.user_id = ?`,
    [targetId, userId, userId],
  )
  return rows.map(({ tie }) => tie)
}
