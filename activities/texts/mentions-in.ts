import * as Y from 'yjs'
import { Id } from '#core/contracts/fields.ts'
import { lineText, TEXT_FIELD } from './text-lines.ts'

/** Somebody who is named in a text. */
export interface Mention {
  /** Made with the mention; a copy of it has the same, and is no other mention. */
  readonly key: string
  readonly userId: string
  /** The line it stands in. */
  readonly line: string
}

/** The people a text names. What editors wrote is not to be trusted: what names nobody is passed over. */
export function mentionsIn(doc: Y.Doc): Mention[] {
  const found = [...doc.getXmlFragment(TEXT_FIELD).createTreeWalker(isPerson)] as Y.XmlElement[]
  return found.flatMap((element) => {
    const { data: key } = Id.safeParse(element.getAttribute('key'))
    const { data: userId } = Id.safeParse(element.getAttribute('id'))
    if (!key || !userId) return []
    const { parent } = element
    return [{ key, userId, line: parent instanceof Y.XmlElement ? lineText(parent) : '' }]
  })
}

const isPerson = (node: unknown) =>
  node instanceof Y.XmlElement &&
  node.nodeName === 'mention' &&
  node.getAttribute('kind') === 'person'
