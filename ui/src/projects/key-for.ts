const LETTERS = 3

/** A key to offer for a project's name: «Mobile app» is MA, «Checkout» CHE. May be empty. */
export function keyFor(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .map((word) => word.replace(/^[0-9]+/, ''))
    .filter(Boolean)
  if (words.length > 1)
    return words
      .slice(0, LETTERS)
      .map((word) => word[0]!)
      .join('')
  const key = words[0]?.slice(0, LETTERS) ?? ''
  return key.length > 1 ? key : ''
}
