import { t, te } from '../shell/i18n/i18n.ts'
import { typeKey } from './type-key.ts'

/** What a node is called in the reader's language; one that has no words yet is told by its type. */
export function nodeName(type: string): string {
  const key = `designer.nodes.${typeKey(type)}`
  return te(key) ? t(key) : type
}
