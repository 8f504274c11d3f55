/** The server puts these around the words that matched: U+0002 and U+0003. */
const [MARK, UNMARK] = [String.fromCodePoint(2), String.fromCodePoint(3)] as const

interface Part {
  readonly text: string
  readonly hit: boolean
}

/** A marked text cut where marks begin and end. */
export function partsOf(marked: string): Part[] {
  const parts = marked.replaceAll(UNMARK, MARK).split(MARK)
  return parts
    .map((text, index) => ({ text, hit: index % 2 === 1 }))
    .filter(({ text }) => text !== '')
}

/** The text with the typed words marked as the server would; one it marked stays as it is. */
export function withMarks(text: string, typed: string): string {
  if (text.includes(MARK)) return text
  const words = typed.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return text
  const literal = words.map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`))
  return text.replaceAll(new RegExp(literal.join('|'), 'gi'), `${MARK}$&${UNMARK}`)
}
