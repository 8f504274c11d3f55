const CHARS_MAX = 1_000
/** Blanks and control characters are left out by browsers, and `\` is read as `/`. */
const OWN_PATH = /^\/(?![/\\])[!-~]*$/

/** Whether an address leads to a page of our own and, whatever a browser makes of it, nowhere else. */
export function isOwnPath(address: unknown): address is string {
  return typeof address === 'string' && address.length <= CHARS_MAX && OWN_PATH.test(address)
}
