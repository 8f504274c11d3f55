const letters = new Intl.Segmenter()

/** Up to two letters that stand for a name: «AO» for Ann Oduya, «MI» for Mia. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const initials =
    words.length > 1 ? firstOf(words[0]!, 1) + firstOf(words.at(-1)!, 1) : firstOf(words[0]!, 2)
  return initials.toLocaleUpperCase()
}

/** What people see as letters may be several code points. */
function firstOf(word: string, count: number): string {
  return Array.from(letters.segment(word), ({ segment }) => segment)
    .slice(0, count)
    .join('')
}
