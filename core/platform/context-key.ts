import { createHmac } from 'node:crypto'

const BLOCK_BYTES = 64
const [INNER, OUTER] = [0x36, 0x5c]
/** Hex of 128 random bits; a password that can be guessed would let contexts be forged. */
const PASSWORD_CHARS_MIN = 32

/**
 * The key a login signs its contexts with. It grows from the login's password, which both the
 * process and whoever migrates the database have, so that there is no second secret to hand round.
 * Throws when the address has no password, or one too short to keep a key.
 */
export function contextKey(databaseUrl: string): Buffer {
  const password = decodeURIComponent(new URL(databaseUrl).password)
  if (password.length < PASSWORD_CHARS_MIN) {
    throw new Error(
      `A login's password must be random and have at least ${PASSWORD_CHARS_MIN} characters.`,
    )
  }
  return createHmac('sha256', password).update('projectflow context key').digest()
}

/** The key as Postgres takes it: HMAC is sha256(outer || sha256(inner || text)), RFC 2104. */
export function padsOf(key: Buffer): { inner: Buffer; outer: Buffer } {
  const padded = Buffer.concat([key, Buffer.alloc(BLOCK_BYTES - key.length)])
  const pad = (mask: number) => Buffer.from(padded.map((byte) => byte ^ mask))
  return { inner: pad(INNER), outer: pad(OUTER) }
}
