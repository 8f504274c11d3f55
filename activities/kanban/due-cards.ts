import type { Knex } from 'knex'
import { inProject } from '#activities/rbac/queries.ts'

/** Somebody's card and the day it is due, as YYYY-MM-DD; their time zone, where they chose one. */
export interface DueCard {
  readonly workspaceId: string
  readonly boardId: string
  readonly cardId: string
  readonly userId: string
  readonly dueOn: string
  readonly timeZone: string | null
}

/**
 * The cards at work that are due on one of the days, once for each assignee who sees them, in order
 * of card and assignee, beginning after the one given.
 */
export async function dueCards(
  db: Knex,
  days: readonly string[],
  after: DueCard | undefined,
  rowsMax: number,
): Promise<DueCard[]> {
  const { rows } = await db.raw<{ rows: DueCard[] }>(
    `select c.workspace_id as "workspaceId", c.board_id as "boardId", c.id as "cardId",
       a.user_id as "userId", c.due_on as "dueOn", u.time_zone as "timeZone"
     from cards c
     join card_assignees a on a.card_id = c.id
     join users u on u.id = a.user_id
     join columns k on k.id = c.column_id and k.archived_at is null
     join boards b on b.id = c.board_id and b.archived_at is null
     join projects p on p.id = c.project_id and p.archived_at is null
     join workspaces w on w.id = c.workspace_id and w.deleted_at is null
     join workspace_members m on m.workspace_id = c.workspace_id and m.user_id = a.user_id
     ${inProject('c.project_id')}
     where o.role is distinct from 'none'
       and c.due_on = any(?::date[]) and c.archived_at is null and c.deleted_at is null
       and (?::uuid is null or (c.id, a.user_id) > (?::uuid, ?::uuid))
     order by c.id, a.user_id
     limit ?`,
    [[...days], after?.cardId ?? null, after?.cardId ?? null, after?.userId ?? null, rowsMax],
  )
  return rows
}
