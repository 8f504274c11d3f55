/**
 * Whether a word of a text is what a term of the query means: it begins with the term, or it is
 * the term with a slip or two. Both are in lower case.
 */
export function means(word: string, term: string): boolean {
  if (word.startsWith(term)) return true
  const slipsMax = term.length < 4 ? 0 : term.length < 8 ? 1 : 2
  if (Math.abs(word.length - term.length) > slipsMax) return false
  return distance(word, term) <= slipsMax
}

/** Letters to put in, take out, replace or swap with a neighbour to get from one word to the other. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current[column] = Math.min(
        above[column]! + 1,
        current[column - 1]! + 1,
        above[column - 1]! + same,
        swapped ? before[column - 2]! + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = above
    above = current
  }
  return above[b.length]!
}
