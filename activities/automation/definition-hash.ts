import { createHash } from 'node:crypto'
import { canonicalJson } from '#core/kernel/canonical-json.ts'

/** SHA-256 of a definition in hex, whatever the order of its keys. */
export const definitionHash = (definition: unknown): string =>
  createHash('sha256').update(canonicalJson(definition)).digest('hex')
