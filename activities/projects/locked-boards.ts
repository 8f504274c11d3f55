import type { Knex } from 'knex'
import { ask } from '#core/platform/ask.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Row } from '#core/platform/database.ts'
import { kept, Relocated, type Locks, type Work } from '#core/platform/handler.ts'
import { Board } from './board.ts'
import { Column } from './column.ts'
import { Project } from './project.ts'

/** A locked board with what guards ask of it. */
export interface BoardState {
  readonly board: Board
  readonly project: { name: string; key: string; archivedAt: string | null }
  /** Archived ones too, in order of rank. */
  readonly columns: readonly Column[]
}

const BOARDS = Symbol('boards')

const states = (locks: Locks) => kept<BoardState>(locks, BOARDS)

const LOCK_BOARDS = 'select * from boards where id = any($1) order by id for no key update'
const PROJECTS = `
  select * from projects where id in (select project_id from boards where id = any($1)) order by id`
const COLUMNS = 'select * from columns where board_id = any($1) order by board_id, rank'

/**
 * Locks boards in one order, so that two batches never wait for each other in a circle, and reads
 * what belongs to them. All is sent at once and done in turn: what is read is read under the locks.
 */
export async function lockBoards(trx: Knex.Transaction, locks: Locks): Promise<void> {
  if (locks.boardIds.size === 0) return
  const ids = [[...locks.boardIds]]
  const [boards, projects, columns] = await Promise.all([
    ask(trx, LOCK_BOARDS, ids),
    ask(trx, PROJECTS, ids),
    ask(trx, COLUMNS, ids),
  ])
  const around = await lockSeveral(trx, ids, projects)
  const known = columns.map((row) => Column.fromDatabaseJson(row))
  for (const board of boards.map((row) => Board.fromDatabaseJson(row))) {
    states(locks).set(board.id, {
      board,
      project: around.find(({ id }) => id === board.projectId)!.view(),
      columns: known.filter((column) => column.boardId === board.id),
    })
  }
}

/**
 * The projects of boards. Commands lock theirs when they need it; where there are several, all are
 * locked now and in one order, for the same reason as boards.
 */
async function lockSeveral(
  trx: Knex.Transaction,
  ids: readonly string[][],
  read: readonly Row[],
): Promise<Project[]> {
  const rows = read.length > 1 ? await ask(trx, `${PROJECTS} for no key update`, ids) : read
  return rows.map((row) => Project.fromDatabaseJson(row))
}

/** The row of a board as the batch has it now; undefined when it has to be read first. */
export function boardAtHand(locks: Locks, boardId: string): Partial<Board> | undefined {
  return states(locks).get(boardId)?.board
}

/** A board of the batch; refuses ids of nowhere or of another workspace. */
export async function lockedBoard(
  work: Pick<Work, 'trx' | 'locks' | 'workspaceId'>,
  boardId: string,
): Promise<BoardState> {
  if (!work.locks.boardIds.has(boardId)) throw new Relocated(boardId)
  if (!states(work.locks).has(boardId)) {
    await lockBoards(work.trx, work.locks)
  }
  const state = states(work.locks).get(boardId)
  if (!state || state.board.workspaceId !== work.workspaceId) {
    throw new Refusal('board.not_found', 'There is no such board.')
  }
  return state
}

/** A board that may be worked on: neither it nor its project is archived. */
export async function liveBoard(work: Work, boardId: string): Promise<BoardState> {
  const state = await lockedBoard(work, boardId)
  if (state.board.archivedAt || state.project.archivedAt) {
    throw new Refusal('board.archived', `The board «${state.board.name}» is archived.`)
  }
  return state
}

/** Puts a changed board where the batch's next commands look. */
export function keepBoard(work: Work, state: BoardState): void {
  states(work.locks).set(state.board.id, state)
}
