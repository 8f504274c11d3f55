const PREFIX = 'projectflow.'

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
