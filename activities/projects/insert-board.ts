import { newId } from '#core/kernel/ids.ts'
import type { Work } from '#core/platform/handler.ts'
import { Board } from './board.ts'
import { Column } from './column.ts'
import type { BoardState } from './locked-boards.ts'
import type { Project } from './project.ts'

/** Makes a board with columns, given in order, and no cards. */
export async function insertBoard(
  work: Work,
  project: Project,
  name: string,
  columns: readonly Pick<Column, 'name' | 'rank' | 'wipLimit' | 'wipMode'>[],
): Promise<BoardState> {
  const board = {
    id: newId(work.now.getTime()),
    workspaceId: work.workspaceId,
    projectId: project.id,
    name,
    createdBy: work.actorId,
    createdAt: work.now,
  }
  await Board.query(work.trx).insert(board)
  const rows = columns.map(({ name: title, rank, wipLimit, wipMode }) => ({
    id: newId(work.now.getTime()),
    workspaceId: work.workspaceId,
    boardId: board.id,
    name: title,
    rank,
    wipLimit,
    wipMode,
    createdAt: work.now,
  }))
  await Column.query(work.trx).insert(rows)
  const made = { version: 1, fieldVersions: {}, archivedAt: null }
  return {
    board: Object.assign(new Board(), board, made),
    project: { name: project.name, key: project.key, archivedAt: null },
    columns: rows.map((row) => Object.assign(new Column(), row, made)),
  }
}

/** The columns viewers of the board see, in order. */
export const liveColumns = ({ columns }: BoardState): Column[] =>
  columns.filter((column) => !column.archivedAt)
