/** More words than these say nothing more, and each one costs. */
const TERMS_MAX = 10
/** Shorter words have too many neighbours to guess which one was meant. */
const GUESSED_CHARS_MIN = 4

/** The words somebody looks for, in lower case. */
export function termsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words)].slice(0, TERMS_MAX)
}

/** A tsquery for texts that hold every term, if only as the beginning of a word. */
export function exactQuery(terms: readonly string[]): string {
  return terms.map((term) => `${term}:*`).join(' & ')
}

/**
 * The same where each longer term may have two letters swapped or one too many. Letters missing or
 * wrong are left to trigrams, which find those well and swaps badly.
 */
export function tolerantQuery(terms: readonly string[]): string {
  return terms
    .map((term) => [term, ...slipsOf(term)].map((word) => `${word}:*`).join(' | '))
    .map((words) => `(${words})`)
    .join(' & ')
}

function slipsOf(term: string): string[] {
  const letters = Array.from(term)
  if (letters.length < GUESSED_CHARS_MIN) return []
  const swapped = letters
    .slice(1)
    .map((letter, at) => [...letters.slice(0, at), letter, letters[at], ...letters.slice(at + 2)])
  const without = letters.map((_, at) => letters.toSpliced(at, 1))
  return [...new Set([...swapped, ...without].map((word) => word.join('')))]
}
