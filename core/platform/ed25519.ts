import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import type { Keyring } from './keyring.ts'

/** RFC 8410: what stands before the 32 bytes of an Ed25519 seed in PKCS #8. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The pair of keys grown from a seed of 32 bytes. */
export function keyPair(seed: Buffer): { secret: KeyObject; open: KeyObject } {
  const key = Buffer.concat([PKCS8_HEAD, seed])
  const secret = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  return { secret, open: createPublicKey(secret) }
}

/** Data signed with a key of a keyring; the key is named by its fingerprint. */
export interface Signed {
  readonly keyId: string
  readonly signature: Buffer
}

export function signed({ current }: Keyring, data: Buffer): Signed {
  return { keyId: current.id, signature: sign(null, data, keyPair(current.bytes).secret) }
}

/** Whether one of the keyring's keys signed the data. */
export function isSigned({ byId }: Keyring, data: Buffer, { keyId, signature }: Signed): boolean {
  const key = byId.get(keyId)
  return key !== undefined && verify(null, data, keyPair(key.bytes).open, signature)
}
