import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { onBeforeUnmount, onMounted, ref, type ShallowRef } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { placeAt } from './place.ts'
import { useBoard } from './store.ts'

type ElementRef = Readonly<ShallowRef<HTMLElement | null>>

/** Makes a column's header drag its column. */
export function useColumnDrag(element: ElementRef, columnId: () => Id) {
  const board = useBoard()
  const isDragged = ref(false)
  let stop: (() => void) | undefined
  onMounted(() => {
    if (!element.value || matchMedia('(pointer: coarse)').matches) return
    stop = draggable({
      element: element.value,
      canDrag: () => board.mayConfigure && board.columns.length > 1,
      getInitialData: () => ({ kind: 'column', columnId: columnId() }),
      onDragStart: () => {
        isDragged.value = true
      },
      onDrop: () => {
        isDragged.value = false
      },
    })
  })
  onBeforeUnmount(() => stop?.())
  return { isDragged }
}

/** Lets columns be dropped anywhere on the board. `indexAt` answers between which columns. */
export function useColumnDrop(element: ElementRef, indexAt: (clientX: number) => number) {
  const board = useBoard()
  const dropIndex = ref<number>()
  let stop: (() => void) | undefined

  function move(columnId: Id, index: number): void {
    const ids = board.columns.map(({ id }) => id)
    const from = ids.indexOf(columnId)
    if (index === from || index === from + 1) return
    const others = ids.filter((id) => id !== columnId)
    const body = placeAt(others, index > from ? index - 1 : index)
    void board.run({ type: 'column.move', targetId: columnId, body })
  }

  onMounted(() => {
    if (!element.value) return
    stop = dropTargetForElements({
      element: element.value,
      canDrop: ({ source }) => source.data['kind'] === 'column',
      onDrag: ({ location }) => {
        dropIndex.value = indexAt(location.current.input.clientX)
      },
      onDragLeave: () => {
        dropIndex.value = undefined
      },
      onDrop: ({ source, location }) => {
        dropIndex.value = undefined
        move(source.data['columnId'] as Id, indexAt(location.current.input.clientX))
      },
    })
  })
  onBeforeUnmount(() => stop?.())
  return { dropIndex }
}
