import type { BoardView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { accessToken } from '../shell/access.ts'
import { get } from '../shell/http.ts'

const BOARD_PATH = /^\/boards\/([\w-]{36})$/

let early: { boardId: Id; answer: Promise<BoardView | undefined> } | undefined

/**
 * Asks for the session, and then for the board the page is opened at, while most of the page's
 * code is still on its way. Settles when the question is out, whatever came of it.
 */
export async function askEarly(path: string): Promise<void> {
  const session = accessToken()
  const boardId = BOARD_PATH.exec(path)?.[1]
  if (boardId !== undefined) {
    const ask = async () => await get<BoardView>(`/boards/${boardId}`, { attemptsMax: 1 })
    early = { boardId, answer: session.then(ask).catch(() => undefined) }
  }
  await session.catch(() => undefined)
}

/** Settles when what was asked early is there, or has failed. */
export async function earlyAnswer(): Promise<void> {
  await early?.answer
}

/** What was asked early, once; undefined when that was another board or it could not be read. */
export async function takeEarly(boardId: Id): Promise<BoardView | undefined> {
  const answer = early?.boardId === boardId ? early.answer : undefined
  early = undefined
  return await answer
}
