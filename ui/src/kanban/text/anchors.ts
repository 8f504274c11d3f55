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

/** The same before a letter: it stays with that letter, and not with what comes before it. */
function placeBefore(state: EditorState, at: number): Y.RelativePosition {
  const place = placeAt(state, at)
  const found = Y.createAbsolutePositionFromRelativePosition(place, bindingOf(state)!.doc)
  if (!(found?.type instanceof Y.XmlText) || found.index >= found.type.length) return place
  return Y.createRelativePositionFromTypeIndex(found.type, found.index, 0)
}

/** Where a place is now; null when what stood there is gone, or none of it is known yet. */
export function positionOf(state: EditorState, place: Y.RelativePosition): number | null {
  const { doc, type, binding } = bindingOf(state) ?? {}
  if (!doc || !type || !binding) return null
  const found = Y.createAbsolutePositionFromRelativePosition(place, doc)
  // A letter at the very beginning is taken by the binding for one it has lost.
  const now =
    found?.type instanceof Y.XmlText
      ? Y.createRelativePositionFromTypeIndex(found.type, found.index, -1)
      : place
  return relativePositionToAbsolutePosition(doc, type, now, binding.mapping)
}

/** The words that are selected, or else those of the line, for a comment on them; undefined without any. */
export function anchorOf(state: EditorState): CommentAnchor | undefined {
  const { $from, from: start, to: end, empty } = state.selection
  const [from, to] = empty ? [$from.start(), $from.end()] : [start, end]
  const words = state.doc.textBetween(from, to, ' ', ' ').trim()
  if (words === '') return undefined
  const json = (place: Y.RelativePosition) =>
    Y.relativePositionToJSON(place) as CommentAnchor['from']
  const quote = Array.from(words).slice(0, QUOTE_CHARS_MAX).join('').slice(0, QUOTE_CHARS_MAX)
  return {
    from: json(placeBefore(state, from)),
    to: json(placeAt(state, to)),
    quote: quote.toWellFormed(),
  }
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
