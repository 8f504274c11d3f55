import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import { onBeforeUnmount, onMounted, type ShallowRef } from 'vue'
import { useCardGestures } from './card-gestures.ts'
import { isCardsDragged } from './use-card-drag.ts'
import { type Cell, useBoardView } from './view-store.ts'

type ElementRef = Readonly<ShallowRef<HTMLElement | null>>

/**
 * Lets cards be dropped on a cell. The whole cell takes the drop, not each card: cards come and go
 * while a long list scrolls. `indexAt` answers between which cards a height of the window lies.
 */
export function useCellDrop(
  { element, scroller }: { element: ElementRef; scroller: ElementRef },
  cell: () => Cell,
  indexAt: (clientY: number) => number,
): void {
  const view = useBoardView()
  const gestures = useCardGestures()
  let stop: (() => void) | undefined

  function aim(clientY: number): void {
    const index = indexAt(clientY)
    const { columnId, lane } = cell()
    const now = view.target
    if (now?.columnId === columnId && now.lane === lane && now.index === index) return
    view.target = { columnId, lane, index }
  }

  onMounted(() => {
    if (!element.value || !scroller.value) return
    stop = combine(
      dropTargetForElements({
        element: element.value,
        canDrop: ({ source }) => isCardsDragged(source.data),
        onDragEnter: ({ location }) => aim(location.current.input.clientY),
        onDrag: ({ location }) => aim(location.current.input.clientY),
        onDragLeave: () => {
          view.target = undefined
        },
        onDrop: ({ source, location }) => {
          if (!isCardsDragged(source.data)) return
          const index = indexAt(location.current.input.clientY)
          gestures.move(source.data.cardIds, { ...cell(), index })
        },
      }),
      autoScrollForElements({
        element: scroller.value,
        canScroll: ({ source }) => isCardsDragged(source.data),
      }),
    )
  })
  onBeforeUnmount(() => stop?.())
}
