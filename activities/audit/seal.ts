import { createHash } from 'node:crypto'
import { canonicalJson } from '#core/kernel/canonical-json.ts'
import { isSigned, signed, type Signed } from '#core/platform/ed25519.ts'
import type { Keyring } from '#core/platform/keyring.ts'

/** What the first seal names as the one before it. */
export const BEGINNING = Buffer.alloc(32)

/** What a seal says: how many lines it holds, the root over them, and the seal before it. */
export interface SealContent {
  readonly number: number
  readonly leaves: number
  readonly root: Buffer
  readonly previous: Buffer
  readonly sealedAt: Date
}

export interface Seal extends SealContent, Signed {
  readonly hash: Buffer
}

export function makeSeal(content: SealContent, keyring: Keyring): Seal {
  const hash = hashOf(content)
  return { ...content, hash, ...signed(keyring, hash) }
}

/** Whether a seal is what it was when one of the keys signed it. */
export function isWhole(seal: Seal, keyring: Keyring): boolean {
  return hashOf(seal).equals(seal.hash) && isSigned(keyring, seal.hash, seal)
}

function hashOf({ number, leaves, root, previous, sealedAt }: SealContent): Buffer {
  const text = canonicalJson({
    number,
    leaves,
    root: root.toString('hex'),
    previous: previous.toString('hex'),
    sealedAt: sealedAt.toISOString(),
  })
  return createHash('sha256').update(text).digest()
}
