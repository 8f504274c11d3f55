import { owner } from '../shell/access.ts'
import { keep, kept } from '../shell/kept.ts'

/** What somebody wrote and has not sent, with the version of the card they began from. */
export interface Draft {
  readonly text: string
  readonly baseVersion: number
}

export function keptDraft(key: string): Draft | undefined {
  const json = kept(keyOf(key))
  if (json === null) return undefined
  try {
    const { text, baseVersion } = JSON.parse(json) as Draft
    return typeof text === 'string' && Number.isInteger(baseVersion)
      ? { text, baseVersion }
      : undefined
  } catch {
    return undefined
  }
}

/** Keeps the draft in this browser until it is sent; undefined forgets it. */
export function keepDraft(key: string, draft: Draft | undefined): void {
  keep(keyOf(key), draft ? JSON.stringify(draft) : null)
}

/** Somebody else may sit here next without the first having signed out. */
function keyOf(key: string): string {
  return `draft.${owner() ?? ''}.${key}`
}
