import { diffLines, diffWordsWithSpace } from 'diff'

/** A part of two texts: in both, only in the one that would come back, or only in the one of now. */
export interface Part {
  readonly kind: 'same' | 'back' | 'away'
  readonly text: string
}

/** Texts that differ in more than can be found in so long are compared by lines. */
const COMPARE_LIMIT_MS = 500

/** What differs between the text of now and an earlier one, in the order of reading. */
export function changesBetween(now: string, then: string): Part[] {
  const words = diffWordsWithSpace(now, then, { timeout: COMPARE_LIMIT_MS })
  const parts = words ??
    diffLines(now, then, { timeout: COMPARE_LIMIT_MS }) ?? [
      { value: now, removed: true, added: false },
      { value: then, added: true, removed: false },
    ]
  return parts.map(({ value: text, added, removed }) => ({
    kind: added ? 'back' : removed ? 'away' : 'same',
    text,
  }))
}
