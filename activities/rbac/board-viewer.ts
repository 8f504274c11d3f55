import type { Knex } from 'knex'
import { inProject } from './stored-role.ts'

export interface BoardViewer {
  readonly id: string
  readonly name: string
  readonly hue: number
}

/** The user as others see them on a board; undefined when they may not see it. */
export async function boardViewer(
  db: Knex,
  boardId: string,
  userId: string,
): Promise<BoardViewer | undefined> {
  const { rows } = await db.raw<{ rows: BoardViewer[] }>(
    `select u.id, u.name, u.hue
     from boards b
     join workspace_members m on m.workspace_id = b.workspace_id and m.user_id = ?
     join users u on u.id = m.user_id
     ${inProject('b.project_id')}
     where b.id = ? and o.role is distinct from 'none'`,
    [userId, boardId],
  )
  return rows[0]
}
