import type { FollowUp, NewEvent, Work } from '#core/platform/handler.ts'
import { copyCards, openCardsIn } from '#activities/kanban/queries.ts'
import { takeCardNumbers } from './card-numbers.ts'
import { boardEvent } from './change-board.ts'
import { insertBoard, liveColumns } from './insert-board.ts'
import type { BoardState } from './locked-boards.ts'
import type { Project } from './project.ts'

/**
 * Makes a board like a locked one: its live columns and their open cards, at the same places, with
 * new ids and with numbers of the project it joins. `labels` gives each label's copy there.
 */
export async function copyBoard(
  work: Work,
  source: BoardState,
  project: Project,
  name: string,
  labels: ReadonlyMap<string, string>,
): Promise<BoardState> {
  const originals = liveColumns(source)
  const copy = await insertBoard(work, project, name, originals)
  const from = originals.map(({ id }) => id)
  const cards = await openCardsIn(work.trx, from)
  await copyCards(work, {
    boardId: copy.board.id,
    projectId: project.id,
    columns: new Map(copy.columns.map(({ id }, index) => [from[index]!, id])),
    labels,
    firstNumber: await takeCardNumbers(work, project.id, cards),
  })
  return copy
}

/** The first event of a copy. */
export const copiedEvent = (copy: BoardState): NewEvent =>
  boardEvent('board.created', copy, { name: [null, copy.board.name] })

export const followCopy = ({ board }: BoardState): FollowUp[] => [
  { topic: 'counters', payload: { boardId: board.id } },
  { topic: 'search', payload: { boardId: board.id } },
]
