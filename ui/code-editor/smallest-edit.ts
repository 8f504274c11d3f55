/** What of a text has to be put in another's place to make it the other; offsets are in UTF-16. */
export function smallestEdit(
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly put: string } {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from += 1
  // The editor puts nothing between the halves of a character.
  if (isHigh(before[from - 1])) from -= 1
  let end = 0
  while (end < shorter - from && before.at(-1 - end) === after.at(-1 - end)) end += 1
  if (isLow(before[before.length - end])) end -= 1
  return { from, to: before.length - end, put: after.slice(from, after.length - end) }
}

const isHigh = (half = '') => /^[\uD800-\uDBFF]/.test(half)
const isLow = (half = '') => /^[\uDC00-\uDFFF]/.test(half)
