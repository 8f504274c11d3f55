import type { Knex } from 'knex'
import { Refusal } from '#core/kernel/refusal.ts'
import { Relocated, type Locks, type Work } from '#core/platform/handler.ts'
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

const states = (locks: Locks) => {
  const known = locks.rows.get(BOARDS) as Map<string, BoardState> | undefined
  const boards = known ?? new Map<string, BoardState>()
  if (!known) locks.rows.set(BOARDS, boards)
  return boards
}

/** Locks boards in one order, so that two batches never wait for each other in a circle. */
export async function lockBoards(trx: Knex.Transaction, locks: Locks): Promise<Board[]> {
  if (locks.boardIds.size === 0) return []
  return await Board.query(trx)
    .whereIn('id', [...locks.boardIds])
    .orderBy('id')
    .forNoKeyUpdate()
}

/** Reads what belongs to locked boards; before, while waiting for a lock, it might have changed. */
export async function readAround(
  trx: Knex.Transaction,
  locks: Locks,
  locked: readonly Board[],
): Promise<void> {
  if (locked.length === 0) return
  const ids = locked.map(({ id }) => id)
  const [projects, columns] = await Promise.all([
    projectsOf(trx, locked),
    Column.query(trx).whereIn('board_id', ids).orderBy(['board_id', 'rank']),
  ])
  const boards = states(locks)
  for (const board of locked) {
    const project = projects.find(({ id }) => id === board.projectId)!
    boards.set(board.id, {
      board,
      project: project.view(),
      columns: columns.filter((column) => column.boardId === board.id),
    })
  }
}

/**
 * The projects of boards. Commands lock theirs when they need it; where there are several, all are
 * locked now and in one order, for the same reason as boards.
 */
async function projectsOf(trx: Knex.Transaction, boards: readonly Board[]): Promise<Project[]> {
  const ids = [...new Set(boards.map(({ projectId }) => projectId))]
  const projects = Project.query(trx).whereIn('id', ids).orderBy('id')
  return await (ids.length > 1 ? projects.forNoKeyUpdate() : projects)
}

/** A board of the batch; refuses ids of nowhere or of another workspace. */
export async function lockedBoard(work: Work, boardId: string): Promise<BoardState> {
  if (!work.locks.boardIds.has(boardId)) throw new Relocated(boardId)
  if (!states(work.locks).has(boardId)) {
    await readAround(work.trx, work.locks, await lockBoards(work.trx, work.locks))
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
