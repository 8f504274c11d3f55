import type { Knex } from 'knex'
import { inProject, RIGHTS_THERE } from './stored-role.ts'

/**
 * Which of the pairs are of a board and a person who may see it, as `boardId userId`, each with
 * their rights there as `boardViewers` tells them.
 */
export async function seersOf(
  db: Knex,
  pairs: readonly { boardId: string; userId: string }[],
): Promise<Map<string, string>> {
  const { rows } = await db.raw<{ rows: { pair: string; rights: string }[] }>(
    `select b.id || ' ' || m.user_id as pair, ${RIGHTS_THERE} as rights
     from unnest(?::uuid[], ?::uuid[]) as asked (board_id, user_id)
     join boards b on b.id = asked.board_id
     join workspaces w on w.id = b.workspace_id and w.deleted_at is null
     join workspace_members m on m.workspace_id = b.workspace_id and m.user_id = asked.user_id
     ${inProject('b.project_id')}
     where o.role is distinct from 'none' and m.role <> 'bot'`,
    [pairs.map(({ boardId }) => boardId), pairs.map(({ userId }) => userId)],
  )
  return new Map(rows.map(({ pair, rights }) => [pair, rights]))
}
