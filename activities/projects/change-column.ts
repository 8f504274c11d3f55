import type { Changes } from '#core/contracts/views.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { versionAfter, type NewEvent, type Work } from '#core/platform/handler.ts'
import { boardOfColumn } from './board-of-column.ts'
import { Column } from './column.ts'
import { liveColumns } from './insert-board.ts'
import { keepBoard, liveBoard, type BoardState } from './locked-boards.ts'

/** A column with the locked board it is on. */
export interface Standing {
  readonly state: BoardState
  readonly column: Column
}

/** The column a command is about, archived or not, on a board that may be worked on. */
export async function targetColumn(work: Work): Promise<Standing> {
  const boardId = await boardOfColumn(work.trx, work.workspaceId, work.targetId)
  if (boardId === undefined) throw new Refusal('column.not_found', 'There is no such column.')
  const state = await liveBoard(work, boardId)
  return { state, column: state.columns.find(({ id }) => id === work.targetId)! }
}

/** The same, for actions on columns that viewers of the board see. */
export async function liveColumn(work: Work): Promise<Standing> {
  const { state, column } = await targetColumn(work)
  if (column.archivedAt) {
    throw new Refusal('column.archived', `The column «${column.name}» is archived.`)
  }
  return { state, column }
}

/** Writes a change of `fields` to the column; answers both as they now are. */
export async function changeColumn(
  work: Work,
  { state, column }: Standing,
  patch: Partial<Column>,
  fields: readonly string[],
): Promise<Standing> {
  const written = { ...patch, ...versionAfter(work, column, fields) }
  await Column.query(work.trx).patch(written).where('id', column.id)
  const after = Object.assign(new Column(), column, written)
  return { state: keepColumns(work, state, [after]), column: after }
}

/** Puts new and changed columns where the batch's next commands look. */
export function keepColumns(work: Work, state: BoardState, changed: readonly Column[]): BoardState {
  const ids = new Set(changed.map(({ id }) => id))
  const columns = [...state.columns.filter(({ id }) => !ids.has(id)), ...changed]
  const kept = { ...state, columns: columns.sort((a, b) => (a.rank < b.rank ? -1 : 1)) }
  keepBoard(work, kept)
  return kept
}

export const columnResult = ({ state, column }: Standing) => ({
  column: column.view(),
  boardId: state.board.id,
})

/** All columns as viewers of the board should now see them. */
export const columnsEvent = (type: string, state: BoardState, changes: Changes): NewEvent => ({
  boardId: state.board.id,
  type,
  columns: liveColumns(state).map((column) => column.view()),
  changes,
})
