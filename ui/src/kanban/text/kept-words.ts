import { Doc, XmlElement, type XmlFragment, XmlText } from 'yjs'
import type { Id } from '#core/kernel/ids.ts'
import { keepText } from './kept-text.ts'
import { openTexts } from './open-texts.ts'

const FIELD = 'default'

/** The words there are of a text, in this page or else in this browser. */
export async function unsentWords(userId: Id, cardId: Id): Promise<string> {
  const open = openTexts.get(cardId)
  return open ? wordsIn(open) : await keptWords(userId, cardId)
}

/** A line for each thing that stands on one. */
export const wordsIn = (doc: Doc) => linesOf(doc.getXmlFragment(FIELD)).join('\n')

async function keptWords(userId: Id, cardId: Id): Promise<string> {
  const doc = new Doc()
  const kept = keepText(userId, cardId, doc)
  await kept.read
  const words = wordsIn(doc)
  await kept.close()
  doc.destroy()
  return words
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
