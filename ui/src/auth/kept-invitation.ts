const KEY = 'projectflow.invitation'

/** The token of an invitation this tab has in hand while its person signs in; null when there is none. */
export function keptInvitation(): string | null {
  try {
    return sessionStorage.getItem(KEY)
  } catch {
    return null
  }
}

/**
 * Keeps it in this tab alone, and in no address, which servers log; null forgets it. Without storage
 * the person follows the link once more.
 */
export function keepInvitation(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, token)
  } catch {
    // Nothing is lost but a click.
  }
}
