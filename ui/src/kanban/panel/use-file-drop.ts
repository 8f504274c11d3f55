import { useEventListener } from '@vueuse/core'
import { ref, type ShallowRef } from 'vue'

/**
 * Hears of files that are dropped on the element, or pasted anywhere while it is there. A drop beside
 * it does nothing: the browser would leave the page for the file. Answers whether files are over it.
 */
export function useFileDrop(
  element: Readonly<ShallowRef<HTMLElement | null>>,
  { mayTake, take }: { mayTake: () => boolean; take: (files: readonly File[]) => void },
) {
  const isOver = ref(false)

  const isWithin = (event: DragEvent) =>
    mayTake() && (element.value?.contains(event.target as Node | null) ?? false)

  useEventListener(document, 'dragover', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = isWithin(event)
    event.dataTransfer!.dropEffect = isOver.value ? 'copy' : 'none'
  })
  useEventListener(document, 'dragleave', (event) => {
    if (event.relatedTarget === null) isOver.value = false
  })
  useEventListener(document, 'drop', (event) => {
    if (!hasFiles(event)) return
    // By a text, which shows pictures where they were dropped.
    const isTaken = event.defaultPrevented
    event.preventDefault()
    isOver.value = false
    if (!isTaken && isWithin(event)) take([...event.dataTransfer!.files])
  })
  useEventListener(document, 'paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (event.defaultPrevented || files.length === 0 || !mayTake() || isMeantAsText(event)) return
    event.preventDefault()
    take(files)
  })
  return { isOver }
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false

/** A table, say, is copied as text and as a picture of it. */
const isMeantAsText = ({ clipboardData, target }: ClipboardEvent) =>
  target instanceof Element &&
  target.matches('input, textarea, [contenteditable]') &&
  clipboardData!.types.includes('text/plain')
