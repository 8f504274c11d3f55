import type { FollowUp, NewEvent, Work } from '#core/platform/handler.ts'
import { copyCards, openCardsIn } from '#activities/kanban/queries.ts'
import { takeCardNumbers } from './card-numbers.ts'
import { boardEvent } from './change-board.ts'
import { insertBoard, liveColumns } from './insert-board.ts'
import type { BoardState } from './locked-boards.ts'
import type { Project } from './project.ts'

/**
 * How many copies are indexed by one follow-up. Until it is done nobody works on them, so it must
 * not take long.
 */
const INDEXED_AT_ONCE = 200

export interface BoardCopy extends BoardState {
  readonly cardIds: readonly string[]
}

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
): Promise<BoardCopy> {
  const originals = liveColumns(source)
  const copy = await insertBoard(work, project, name, originals)
  const from = originals.map(({ id }) => id)
  const cards = await openCardsIn(work.trx, from)
  const cardIds = await copyCards(work, {
    boardId: copy.board.id,
    projectId: project.id,
    columns: new Map(copy.columns.map(({ id }, index) => [from[index]!, id])),
    labels,
    firstNumber: await takeCardNumbers(work, project.id, cards),
  })
  return { ...copy, cardIds }
}

/** The first event of a copy. */
export const copiedEvent = (copy: BoardState): NewEvent =>
  boardEvent('board.created', copy, { name: [null, copy.board.name] })

export function followCopy({ board, cardIds }: BoardCopy): FollowUp[] {
  const parts = Math.ceil(cardIds.length / INDEXED_AT_ONCE)
  return [
    { topic: 'counters', payload: { boardId: board.id } },
    ...Array.from({ length: parts }, (_, part): FollowUp => {
      const from = part * INDEXED_AT_ONCE
      return { topic: 'search', payload: { cardIds: cardIds.slice(from, from + INDEXED_AT_ONCE) } }
    }),
  ]
}
