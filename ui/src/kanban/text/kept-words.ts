import { Doc, XmlElement, type XmlFragment, XmlText } from 'yjs'
import type { Id } from '#core/kernel/ids.ts'
import { keepText } from './kept-text.ts'

const FIELD = 'default'

/** The words this browser keeps of a text, a line for each thing that stands on one. */
export async function keptWords(userId: Id, cardId: Id): Promise<string> {
  const doc = new Doc()
  const kept = keepText(userId, cardId, doc)
  await kept.read
  const lines = linesOf(doc.getXmlFragment(FIELD))
  await kept.close()
  doc.destroy()
  return lines.join('\n')
}

/** What holds words is a line; what holds none, a list say, is made of lines. */
export function linesOf(node: XmlFragment): string[] {
  const parts = node.toArray()
  if (parts.some((part) => part instanceof XmlText)) return [parts.map(wordsOf).join('')]
  return parts.flatMap((part) => (part instanceof XmlElement ? linesOf(part) : []))
}

function wordsOf(part: unknown): string {
  if (part instanceof XmlText) {
    const pieces = part.toDelta() as { insert: unknown }[]
    return pieces.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
  }
  if (!(part instanceof XmlElement)) return ''
  return part.nodeName === 'hardBreak' ? '\n' : String(part.getAttribute('label') ?? '')
}
