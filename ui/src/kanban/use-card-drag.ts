import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview'
import { onBeforeUnmount, onMounted, type ShallowRef } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { makeDragPreview } from './drag-preview.ts'
import { useBoard } from './store.ts'
import { useBoardView } from './view-store.ts'

/** What a drag of cards carries; columns are dragged with another kind. */
export interface CardsDragged extends Record<string, unknown> {
  readonly kind: 'cards'
  readonly cardIds: readonly Id[]
}

export function isCardsDragged(data: Record<string, unknown>): data is CardsDragged {
  return data['kind'] === 'cards'
}

/** A finger scrolls; it moves cards through the menu of a long press. */
const isTouch = () => matchMedia('(pointer: coarse)').matches

/** Makes the element drag its card, or the whole selection when the card is in it. */
export function useCardDrag(
  element: Readonly<ShallowRef<HTMLElement | null>>,
  cardId: () => Id,
): void {
  const board = useBoard()
  const view = useBoardView()
  let stop: (() => void) | undefined

  onMounted(() => {
    if (!element.value || isTouch()) return
    stop = draggable({
      element: element.value,
      canDrag: () => view.subject(cardId()).every(board.mayWork) && view.editingId === undefined,
      getInitialData: () => ({ kind: 'cards', cardIds: view.subject(cardId()) }),
      onGenerateDragPreview: ({ nativeSetDragImage, source, location }) => {
        const { cardIds } = source.data as CardsDragged
        const { element: card } = source
        const box = card.getBoundingClientRect()
        const { clientX, clientY } = location.current.input
        setCustomNativeDragPreview({
          nativeSetDragImage,
          getOffset: () => ({ x: clientX - box.left, y: clientY - box.top }),
          render: ({ container }) => {
            container.append(makeDragPreview(card, cardIds.length))
          },
        })
      },
      onDragStart: ({ source }) => {
        view.carried = new Set((source.data as CardsDragged).cardIds)
      },
    })
  })
  onBeforeUnmount(() => stop?.())
}
