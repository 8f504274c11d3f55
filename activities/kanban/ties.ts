import type { Knex } from 'knex'
import type { TargetKind } from '#core/contracts/action.ts'
import type { Tie } from '#core/kernel/permissions.ts'

/**
 * What a user, named in SQL, has to do with a card of a statement, and with the attachment of it that
 * the statement may name: the list of ties, in SQL.
 */
export const tiesSql = (card: string, userId: string, attachment?: string) => `array_remove(array[
    ${attachment ? `case when ${attachment}.added_by = ${userId} then 'uploader' end,` : ''}
    case when ${card}.created_by = ${userId} then 'creator' end,
    case when exists (
      select from card_assignees a where a.card_id = ${card}.id and a.user_id = ${userId}
    ) then 'assignee' end
  ], null)`

/** Where a card stands in what names it; else it is named by itself. */
const NAMED_BY: Partial<Record<TargetKind, string>> = {
  'checklist-item': 'checklist_items',
  attachment: 'attachments',
}

/** What somebody has to do with a card, or with an item of its checklist or a file on it. */
export async function tiesTo(
  db: Knex,
  kind: TargetKind,
  targetId: string,
  userId: string,
): Promise<Tie[]> {
  const table = NAMED_BY[kind]
  const [source, id] = table
    ? [`${table} t join cards c on c.id = t.card_id`, 't.id']
    : ['cards c', 'c.id']
  const ties = tiesSql('c', ':userId', kind === 'attachment' ? 't' : undefined)
  const { rows } = await db.raw<{ rows: { ties: Tie[] }[] }>(
    `select ${ties} as ties from ${source} where ${id} = :targetId`,
    { targetId, userId },
  )
  return rows[0]?.ties ?? []
}
