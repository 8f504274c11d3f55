import { useVirtualizer } from '@tanstack/vue-virtual'
import { computed, type ShallowRef, type VNode } from 'vue'
import { LANE_HEIGHT_PX } from './lane-height.ts'
import { useBoardView } from './view-store.ts'

/** Height of the column heads that stay above the lanes. */
const HEADS_PX = 44
const OVERSCAN = 1

/** The lanes that are in view; a board of a hundred people costs no more than one of five. */
export function useLanes(scroller: Readonly<ShallowRef<HTMLElement | null>>) {
  const view = useBoardView()
  const lanes = computed(() => view.lanes)
  const down = useVirtualizer(
    computed(() => {
      const all = lanes.value ?? []
      return {
        count: all.length,
        getScrollElement: () => scroller.value,
        estimateSize: () => LANE_HEIGHT_PX,
        getItemKey: (index: number) => all[index]!.key,
        scrollMargin: HEADS_PX,
        overscan: OVERSCAN,
      }
    }),
  )
  const shownLanes = computed(() =>
    down.value.getVirtualItems().flatMap(({ index, start }) => {
      const lane = lanes.value?.[index]
      return lane ? [{ lane, index, start: start - HEADS_PX }] : []
    }),
  )
  const height = computed(() => down.value.getTotalSize())
  const measure = ({ el }: VNode) => down.value.measureElement(el as Element | null)
  return { lanes, shownLanes, height, measure }
}
