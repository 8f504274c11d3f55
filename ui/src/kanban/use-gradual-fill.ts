import { onBeforeUnmount, onMounted, ref } from 'vue'

const CARDS_PER_FRAME = 5

/**
 * How many cards a list that comes into view may show by now: some more each frame, and soon all.
 * A column entering while the board scrolls must not cost a whole frame, and at first sight the
 * top of every column is there before the bottom of any.
 */
export function useGradualFill(total: () => number) {
  const allowed = ref(CARDS_PER_FRAME)
  let frame = 0

  function more(): void {
    allowed.value += CARDS_PER_FRAME
    if (allowed.value < total()) frame = requestAnimationFrame(more)
    else allowed.value = Infinity
  }

  onMounted(() => {
    frame = requestAnimationFrame(more)
  })
  onBeforeUnmount(() => cancelAnimationFrame(frame))
  return allowed
}
