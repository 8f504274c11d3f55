import { CARDS_PER_BOARD_MAX } from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Work } from '#core/platform/handler.ts'
import type { BoardState } from '#activities/projects/queries.ts'
import { liveCards } from './open-cards.ts'

type Column = BoardState['columns'][number]

/** A column of the board that may take cards; refuses one that is gone or archived. */
export function openColumn(state: BoardState, columnId: string): Column {
  const column = state.columns.find((each) => each.id === columnId)
  if (!column) throw new Refusal('column.not_found', 'There is no such column on the board.')
  if (column.archivedAt) {
    throw new Refusal('column.archived', `The column «${column.name}» is archived.`)
  }
  return column
}

/** Refuses one card more in a column whose limit blocks. */
export async function roomInColumn(work: Work, column: Column): Promise<void> {
  if (column.wipLimit === null || column.wipMode === 'warn') return
  const cards = await liveCards(work.trx).where('column_id', column.id).resultSize()
  if (cards < column.wipLimit) return
  throw new Refusal(
    'column.full',
    `«${column.name}» holds its limit of ${column.wipLimit} cards.`,
    {
      columnId: column.id,
      wipLimit: column.wipLimit,
    },
  )
}

/** Refuses one card more on a board that holds as many as it may. */
export async function roomOnBoard(work: Work, boardId: string): Promise<void> {
  const cards = await liveCards(work.trx).where('board_id', boardId).resultSize()
  if (cards < CARDS_PER_BOARD_MAX) return
  throw new Refusal('board.full', `A board holds at most ${CARDS_PER_BOARD_MAX} cards.`)
}
