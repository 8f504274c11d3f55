import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { CommentView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { rangeOf } from './anchors.ts'

const KEY = new PluginKey<DecorationSet>('commentMarks')

interface Shown {
  readonly comments: readonly CommentView[]
  /** The one somebody looks at. */
  readonly lookedAt: Id | undefined
}

/** Marks the words that comments are about. They are no part of the text: who only reads comments too. */
export const commentMarks = (shown: () => Shown) =>
  Extension.create({
    name: 'commentMarks',
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key: KEY,
        state: {
          init: (_config, state) => marksOf(state, shown()),
          apply: (tr, marks, _before, state) =>
            tr.docChanged || tr.getMeta(KEY) !== undefined ? marksOf(state, shown()) : marks,
        },
        props: { decorations: (state) => KEY.getState(state) },
      }),
    ],
  })

/** A change of nothing but the marks. */
export const marksChanged = (state: EditorState) => state.tr.setMeta(KEY, true)

function marksOf(state: EditorState, { comments, lookedAt }: Shown): DecorationSet {
  const marks = comments.flatMap(({ id, anchor, resolvedAt }) => {
    const range = anchor && !resolvedAt && rangeOf(state, anchor)
    if (!range) return []
    const name = id === lookedAt ? 'commented looked-at' : 'commented'
    return [Decoration.inline(range.from, range.to, { class: name, 'data-comment': id })]
  })
  return DecorationSet.create(state.doc, marks)
}
