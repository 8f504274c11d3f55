import type * as Y from 'yjs'
import { sameAround, TEXT_FIELD } from './text-lines.ts'

/**
 * Makes a document hold what another one does, and touches only the blocks between the first and the
 * last that differ: those around them stay with whoever writes in them.
 */
export function bringTo(doc: Y.Doc, wanted: Y.Doc): void {
  const root = doc.getXmlFragment(TEXT_FIELD)
  const target = wanted.getXmlFragment(TEXT_FIELD)
  const { start, end } = sameAround(formsOf(root), formsOf(target))
  const blocks = target.slice(start, target.length - end)
  doc.transact(() => {
    root.delete(start, root.length - end - start)
    root.insert(
      start,
      blocks.map((block) => block.clone()),
    )
  })
}

const formsOf = (fragment: Y.XmlFragment) =>
  (fragment.toArray() as { toString(): string }[]).map((block) => block.toString())
