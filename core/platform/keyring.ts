import { createHash } from 'node:crypto'

export const KEY_ID_BYTES = 8
/** The current one, and those before it that something is still sealed with. */
const KEYS_MAX = 4
const KEY = /^[\w-]{43}$/

export interface Key {
  /** Its fingerprint, 16 hex digits; safe to show and to store. */
  readonly id: string
  readonly bytes: Buffer
}

/** The keys of one purpose that are live at a time: what is new is sealed with the current one. */
export interface Keyring {
  readonly current: Key
  readonly byId: ReadonlyMap<string, Key>
}

/**
 * Reads one to four keys, each 32 bytes of base64url, with spaces, commas or line ends between
 * them; the first is the current one. Throws when there are none, too many, or one has another form.
 */
export function readKeyring(text: string): Keyring {
  const words = text.split(/[\s,]+/).filter(Boolean)
  if (words.length > KEYS_MAX || !words.every((word) => KEY.test(word))) {
    throw new Error(`must be 1 to ${KEYS_MAX} keys of 32 bytes in base64url`)
  }
  const keys = words.map((word) => keyOf(Buffer.from(word, 'base64url')))
  const [current] = keys
  if (!current) throw new Error('must hold at least one key')
  return { current, byId: new Map(keys.map((key) => [key.id, key])) }
}

function keyOf(bytes: Buffer): Key {
  const digest = createHash('sha256').update('projectflow key id').update(bytes).digest('hex')
  return { id: digest.slice(0, KEY_ID_BYTES * 2), bytes }
}
