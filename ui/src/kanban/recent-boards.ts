import type { BoardView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'

const BOARDS_MAX = 5

/** The boards left last, each as it was then: whoever comes back sees it while it is read again. */
export class RecentBoards {
  readonly #views = new Map<Id, BoardView>()

  keep(view: BoardView): void {
    this.forget(view.board.id)
    this.#views.set(view.board.id, view)
    for (const id of this.#views.keys()) if (this.#views.size > BOARDS_MAX) this.forget(id)
  }

  of(boardId: Id): BoardView | undefined {
    return this.#views.get(boardId)
  }

  forget(boardId: Id): void {
    this.#views.delete(boardId)
  }
}
