import type { Knex } from 'knex'

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
  return await db('boards as b')
    .join('workspace_members as m', 'm.workspace_id', 'b.workspace_id')
    .join('users as u', 'u.id', 'm.user_id')
    .where({ 'b.id': boardId, 'u.id': userId })
    .first<BoardViewer | undefined>('u.id', 'u.name', 'u.hue')
}
