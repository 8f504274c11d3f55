import { onBeforeUnmount, onMounted, ref } from 'vue'
import type { AttachmentView } from '#core/contracts/views.ts'
import { contentOf } from '../../shell/download.ts'

/** The address of a picture's content in this page; undefined for other files, and until it is there. */
export function useThumbnail({ id, mediaType }: Pick<AttachmentView, 'id' | 'mediaType'>) {
  const address = ref<string>()
  let isOver = false

  onMounted(async () => {
    if (!mediaType.startsWith('image/')) return
    // The line stands without its picture too, and says nothing of it.
    const content = await contentOf(`/attachments/${id}/content`).catch(() => undefined)
    if (content && !isOver) address.value = URL.createObjectURL(content)
  })
  onBeforeUnmount(() => {
    isOver = true
    if (address.value) URL.revokeObjectURL(address.value)
  })
  return address
}
