import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const PREFIX = 'pf_'
const SECRET_BYTES = 32
const FORM = /^pf_[\w-]{43}_([0-9a-f]{8})$/

const checksum = (secret: string) => crc32(secret).toString(16).padStart(8, '0')

/**
 * A new token: a prefix by which scanners of leaked secrets know it, 256 random bits, and a
 * checksum that tells a real one from a sample without asking anybody.
 */
export function newTokenText(): string {
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  return `${PREFIX}${secret}_${checksum(secret)}`
}

/** Whether a text can be a token at all. */
export function isTokenText(text: string): boolean {
  const [, sum] = FORM.exec(text) ?? []
  return sum !== undefined && sum === checksum(text.slice(PREFIX.length, -9))
}

export const tokenHash = (text: string): Buffer => createHash('sha256').update(text).digest()
