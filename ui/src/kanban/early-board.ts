import type { BoardView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { get } from '../shell/http.ts'

const BOARD_PATH = /^\/boards\/([\w-]{36})$/

let early: { boardId: Id; answer: Promise<BoardView | undefined> } | undefined

/** Asks for the board a page is opened at while most of the page's code is still on its way. */
export function askEarly(path: string): void {
  const boardId = BOARD_PATH.exec(path)?.[1]
  if (boardId === undefined) return
  const answer = get<BoardView>(`/boards/${boardId}`, { attemptsMax: 1 }).catch(() => undefined)
  early = { boardId, answer }
}

/** What was asked early, once; undefined when that was another board or it could not be read. */
export async function takeEarly(boardId: Id): Promise<BoardView | undefined> {
  const answer = early?.boardId === boardId ? early.answer : undefined
  early = undefined
  return await answer
}
