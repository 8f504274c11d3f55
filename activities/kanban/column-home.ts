import { Refusal } from '#core/kernel/refusal.ts'
import type { Work } from '#core/platform/handler.ts'
import { boardOfColumn, type BoardState } from '#activities/projects/queries.ts'

/** The board a column is on: most often the card's own, which is at hand. */
export async function homeOf(work: Work, near: BoardState, columnId: string): Promise<string> {
  if (near.columns.some((column) => column.id === columnId)) return near.board.id
  const boardId = await boardOfColumn(work.trx, work.workspaceId, columnId)
  if (!boardId) throw new Refusal('column.not_found', 'There is no such column.')
  return boardId
}
