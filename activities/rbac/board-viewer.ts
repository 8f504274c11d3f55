import type { Knex } from 'knex'
import { inProject, RIGHTS_THERE } from './stored-role.ts'

export interface BoardViewer {
  /** As others see them. */
  readonly user: { readonly id: string; readonly name: string; readonly hue: number }
  /** Another text as soon as they may do something else there. */
  readonly rights: string
}

/** Who looks at a board; undefined when they may not see it. */
export async function boardViewer(
  db: Knex,
  boardId: string,
  userId: string,
): Promise<BoardViewer | undefined> {
  const { rows } = await db.raw<{ rows: BoardViewer[] }>(
    `select jsonb_build_object('id', u.id, 'name', u.name, 'hue', u.hue) as user,
       ${RIGHTS_THERE} as rights
     from boards b
     join workspace_members m on m.workspace_id = b.workspace_id and m.user_id = ?
     join users u on u.id = m.user_id
     ${inProject('b.project_id')}
     where b.id = ? and o.role is distinct from 'none'`,
    [userId, boardId],
  )
  return rows[0]
}
