import { means } from './similar.ts'

/** Stand before and after each word that matched; no keyboard types them. */
const [MARK, UNMARK] = ['\u0002', '\u0003']

const EXCERPT_CHARS_MAX = 160
/** What is read of a text before its first match: enough to tell what it is about. */
const LEAD_CHARS = 40

const WORD = /[\p{L}\p{N}]+/gu

/** The part of a text around the first word that matched, with all matching words marked. */
export function excerptOf(text: string, terms: readonly string[]): string {
  const plain = text.replaceAll(/\p{Cc}+/gu, ' ')
  const first = plain.matchAll(WORD).find(([word]) => matches(word, terms))
  const start = startOf(plain, first?.index ?? 0)
  const end = endOf(plain, start + EXCERPT_CHARS_MAX)
  const marked = plain
    .slice(start, end)
    .replaceAll(WORD, (word) => (matches(word, terms) ? `${MARK}${word}${UNMARK}` : word))
    .trim()
  return `${start > 0 ? '…' : ''}${marked}${end < plain.length ? '…' : ''}`
}

function matches(word: string, terms: readonly string[]): boolean {
  const lower = word.toLowerCase()
  return terms.some((term) => means(lower, term))
}

/** The beginning of a word, not far before the first match. */
function startOf(text: string, match: number): number {
  if (match <= LEAD_CHARS) return 0
  const space = text.indexOf(' ', match - LEAD_CHARS)
  return space === -1 || space >= match ? match : space + 1
}

/** The end of a word, so that neither a word nor a letter of two code units is cut. */
function endOf(text: string, wanted: number): number {
  if (wanted >= text.length) return text.length
  const space = text.lastIndexOf(' ', wanted)
  if (space > wanted - LEAD_CHARS) return space
  return text.charCodeAt(wanted) >> 10 === 0x37 ? wanted + 1 : wanted
}
