import { COLUMNS_PER_BOARD_MAX } from '#core/kernel/limits.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { unmake, type Handler, type Work } from '#core/platform/handler.ts'
import { columnResult, columnsEvent, keepColumns } from './change-column.ts'
import { rankAmong } from './column-place.ts'
import { Column } from './column.ts'
import { liveColumns } from './insert-board.ts'
import { liveBoard, type BoardState } from './locked-boards.ts'
import { respaceColumns } from './respace-columns.ts'

/** Adds a column at a place on a board. */
export const createColumn: Handler<'column.create'> = async (work) => {
  const state = await liveBoard(work, work.targetId)
  const others = liveColumns(state)
  refuseColumnsFull(others.length)
  const column = await insertColumn(work, state, rankAmong(others, work.body))
  const made = { state: keepColumns(work, state, [column]), column }
  const after = await respaceColumns(work, made)

  const changes = { column: [null, column.name] as [null, string] }
  return {
    result: columnResult(after),
    events: [columnsEvent('column.created', after.state, changes)],
    changes,
    inverse: [unmake('column.archive', column.id)],
    follow: [],
  }
}

export function refuseColumnsFull(columns: number): void {
  if (columns < COLUMNS_PER_BOARD_MAX) return
  throw new Refusal('column.limit', `A board has at most ${COLUMNS_PER_BOARD_MAX} columns.`)
}

async function insertColumn(
  work: Work<'column.create'>,
  { board }: BoardState,
  rank: string,
): Promise<Column> {
  const row = {
    id: work.body.columnId ?? newId(work.now.getTime()),
    workspaceId: work.workspaceId,
    boardId: board.id,
    name: work.body.name,
    rank,
    createdAt: work.now,
  }
  await Column.query(work.trx).insert(row)
  const defaults = {
    wipLimit: null,
    wipMode: 'warn' as const,
    version: 1,
    fieldVersions: {},
    archivedAt: null,
  }
  return Object.assign(new Column(), row, defaults)
}
