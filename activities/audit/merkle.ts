import { createHash } from 'node:crypto'

/** RFC 6962 2.1: what is hashed before a leaf and before an inner node, so that none passes for the other. */
const [LEAF, NODE] = [Buffer.from([0]), Buffer.from([1])]

const sha256 = (...parts: readonly (Buffer | string)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const leafHash = (text: string): Buffer => sha256(LEAF, text)

/** The root over hashes of leaves, of which there must be at least one. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!
  const half = 2 ** Math.ceil(Math.log2(leaves.length) - 1)
  return sha256(NODE, merkleRoot(leaves.slice(0, half)), merkleRoot(leaves.slice(half)))
}
