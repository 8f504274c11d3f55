// Read before all else: no package is imported here.

/** What all our keys begin with. */
export const PREFIX = 'projectflow.'

/** What this browser keeps under the key; null when there is nothing, or no storage. */
export function kept(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key)
  } catch {
    return null
  }
}

/** Keeps a text in this browser; null forgets it. Without storage it is kept nowhere. */
export function keep(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, text)
  } catch {
    // A full or forbidden storage must not stop the person's work.
  }
}

/** What follows `start` in the keys that begin with it and have something kept. */
export function keptUnder(start: string): string[] {
  try {
    const ours = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX + start))
    return ours.map((key) => key.slice(PREFIX.length + start.length))
  } catch {
    return []
  }
}

/** Forgets all that is kept under other keys than these. */
export function forgetAllBut(keys: readonly string[]): void {
  try {
    const ours = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
    for (const key of ours) {
      if (!keys.includes(key.slice(PREFIX.length))) localStorage.removeItem(key)
    }
  } catch {
    // Without storage nothing was kept.
  }
}
