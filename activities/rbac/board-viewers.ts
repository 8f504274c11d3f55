import type { Knex } from 'knex'
import { inProject, RIGHTS_THERE } from './stored-role.ts'

export interface BoardViewer {
  readonly boardId: string
  /** As others see them. */
  readonly user: { readonly id: string; readonly name: string; readonly hue: number }
  /** Another text as soon as they may do something else there. */
  readonly rights: string
}

/** Those of the pairs who look at a board they may see. */
export async function boardViewers(
  db: Knex,
  pairs: readonly { boardId: string; userId: string }[],
): Promise<BoardViewer[]> {
  const { rows } = await db.raw<{ rows: BoardViewer[] }>(
    `select b.id as "boardId", ${RIGHTS_THERE} as rights,
       jsonb_build_object('id', u.id, 'name', u.name, 'hue', u.hue) as user
     from unnest(?::uuid[], ?::uuid[]) as asked (board_id, user_id)
     join boards b on b.id = asked.board_id
     join workspaces w on w.id = b.workspace_id and w.deleted_at is null
     join workspace_members m on m.workspace_id = b.workspace_id and m.user_id = asked.user_id
     join users u on u.id = m.user_id
     ${inProject('b.project_id')}
     where o.role is distinct from 'none'`,
    [pairs.map(({ boardId }) => boardId), pairs.map(({ userId }) => userId)],
  )
  return rows
}
