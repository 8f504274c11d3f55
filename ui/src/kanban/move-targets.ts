import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { BoardView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { useProjects } from '../projects/store.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { get } from '../shell/http.ts'
import { useCardGestures } from './card-gestures.ts'
import type { Intent } from './command.ts'
import { useBoard } from './store.ts'
import { useCardPanel } from './use-card-panel.ts'
import { useBoardView } from './view-store.ts'

/** Where cards can be moved: the columns of this board, or of another one of the project. */
export function useMoveTargets() {
  const [board, view, projects] = [useBoard(), useBoardView(), useProjects()]
  const [gestures, panel] = [useCardGestures(), useCardPanel()]
  const { t } = useI18n()
  /** The other board that was chosen; its columns are read when they are asked for. */
  const other = shallowRef<BoardView>()
  const fault = shallowRef<ApiError>()
  let askedId: Id | undefined

  const columns = computed(() => other.value?.columns ?? board.columns)
  const boards = computed(() => {
    const shownId = other.value?.board.id ?? board.boardId
    return projects.boardsOf(board.info?.projectId ?? '').filter(({ id }) => id !== shownId)
  })

  /** Without its answer this board's columns are offered all the same. */
  async function loadBoards(): Promise<void> {
    const { info } = board
    if (info && boards.value.length === 0) await projects.loadBoards(info.projectId).catch(() => {})
  }

  async function enter(boardId: Id): Promise<void> {
    askedId = boardId
    fault.value = undefined
    try {
      const isHere = boardId === board.boardId
      other.value = isHere ? undefined : await get<BoardView>(`/boards/${boardId}`)
    } catch (thrown) {
      fault.value = asApiError(thrown)
    }
  }

  function enterAgain(): void {
    if (askedId !== undefined) void enter(askedId)
  }

  function moveTo(cardIds: readonly Id[], columnId: Id): void {
    if (other.value) moveAway(cardIds, columnId, other.value)
    else gestures.moveToColumn(cardIds, columnId)
  }

  /** To the end of a column of another board. Whoever moves stays on this one and can undo it. */
  function moveAway(cardIds: readonly Id[], columnId: Id, to: BoardView): void {
    const column = to.columns.find(({ id }) => id === columnId)!
    const count = to.cards.filter((card) => card.columnId === columnId).length
    const names = { card: gestures.name(cardIds), board: to.board.name, column: column.name }
    const notes = gestures.overLimit(column, count, cardIds.length)
    const said = [t('board.movedAway', names), ...notes].join('. ')
    const moves = cardIds.map((id): Intent => {
      return { type: 'card.move', targetId: id, body: { columnId } }
    })
    if (panel.openId.value !== undefined && cardIds.includes(panel.openId.value)) panel.close()
    void board.run(moves, { said, toast: true })
    view.clearSelection()
  }

  return { columns, boards, other, fault, loadBoards, enter, enterAgain, moveTo }
}
