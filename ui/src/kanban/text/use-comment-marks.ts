import type { Editor } from '@tiptap/core'
import { computed, type ShallowRef, watch } from 'vue'
import { useOpenCard } from '../panel/card-details.ts'
import { anchorOf, rangeOf } from './anchors.ts'
import { commentMarks, marksChanged } from './comment-marks.ts'

/** Comments on words of the text: marked in it, looked at from it, and begun in it. */
export function useCommentMarks(editor: Readonly<ShallowRef<Editor | undefined>>) {
  const { details, quoted, lookedAt, mayComment } = useOpenCard()
  const comments = computed(() => details.value?.comments.filter(({ anchor }) => anchor) ?? [])
  const extension = commentMarks(() => ({ comments: comments.value, lookedAt: lookedAt.value }))

  watch([comments, lookedAt], () => {
    const view = editor.value?.view
    if (view) view.dispatch(marksChanged(view.state))
  })
  watch(lookedAt, (id) => {
    const [view, comment] = [editor.value?.view, comments.value.find((one) => one.id === id)]
    const range = view && comment?.anchor && rangeOf(view.state, comment.anchor)
    if (!range) return
    const { node } = view.domAtPos(range.from)
    const element = node instanceof Element ? node : node.parentElement
    element?.scrollIntoView({ block: 'nearest' })
  })

  /** The innermost comment on what was clicked. */
  function look(event: MouseEvent): void {
    const clicked = event.target instanceof Element && event.target.closest('[data-comment]')
    lookedAt.value = clicked ? (clicked.getAttribute('data-comment') ?? undefined) : undefined
  }

  /** The next comment is about the words that are selected. */
  function begin(): void {
    quoted.value = editor.value && anchorOf(editor.value.state)
  }

  return { extension, look, begin, mayComment }
}
