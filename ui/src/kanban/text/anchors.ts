import type { EditorState } from '@tiptap/pm/state'
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { CommentAnchor } from '#core/contracts/comment-anchor.ts'
import { QUOTE_CHARS_MAX } from '#core/kernel/limits.ts'

interface Binding {
  readonly doc: Y.Doc
  readonly type: Y.XmlFragment
  readonly binding: { readonly mapping: Map<never, never> } | null
}

const bindingOf = (state: EditorState) => ySyncPluginKey.getState(state) as Binding | undefined

/** A place that stays with what stands there, whatever is written around it. */
export function placeAt(state: EditorState, at: number): Y.RelativePosition {
  const { type, binding } = bindingOf(state)!
  return absolutePositionToRelativePosition(at, type, binding!.mapping) as Y.RelativePosition
}

/** Where a place is now; null when what stood there is gone, or none of it is known yet. */
export function positionOf(state: EditorState, place: Y.RelativePosition): number | null {
  const { doc, type, binding } = bindingOf(state) ?? {}
  if (!doc || !type || !binding) return null
  return relativePositionToAbsolutePosition(doc, type, place, binding.mapping)
}

/** The words that are selected, or else those of the line, for a comment on them; undefined without any. */
export function anchorOf(state: EditorState): CommentAnchor | undefined {
  const { $from, from: start, to: end, empty } = state.selection
  const [from, to] = empty ? [$from.start(), $from.end()] : [start, end]
  const words = state.doc.textBetween(from, to, ' ', ' ').trim()
  if (words === '') return undefined
  const json = (at: number) => Y.relativePositionToJSON(placeAt(state, at)) as CommentAnchor['from']
  const quote = Array.from(words).slice(0, QUOTE_CHARS_MAX).join('').slice(0, QUOTE_CHARS_MAX)
  return { from: json(from), to: json(to), quote: quote.toWellFormed() }
}

/** Where the words of a comment are now; undefined when they are gone. */
export function rangeOf(
  state: EditorState,
  anchor: CommentAnchor,
): { readonly from: number; readonly to: number } | undefined {
  try {
    const at = (place: CommentAnchor['from']) =>
      positionOf(state, Y.createRelativePositionFromJSON(place))
    const [from, to] = [at(anchor.from), at(anchor.to)]
    return from !== null && to !== null && from < to ? { from, to } : undefined
  } catch {
    // Whoever wrote the comment may have sent anything for a place.
    return undefined
  }
}
