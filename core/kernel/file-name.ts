import { FILE_NAME_CHARS_MAX } from './limits.ts'

/** Control characters, and marks that turn the direction of text: «exe.gpj» reads as a picture. */
const UNSAFE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu
/** What some system does not allow in a name, or reads as more than a name. */
const RESERVED = /[<>:"|?*]/g
const EXTENSION = /\.([a-z0-9]{1,8})$/i

/**
 * The name of a file as it can be shown and saved anywhere: the last part of a path, one line, no
 * characters that mislead, at most 120. Empty when nothing of it is left.
 */
export function shownFileName(sent: string): string {
  const last = sent.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1)!
  const plain = last.replace(UNSAFE, '').replace(RESERVED, '_').replace(/\s+/g, ' ')
  const name = plain.replace(/^[. ]+|[. ]+$/g, '')
  const chars = [...name]
  if (chars.length <= FILE_NAME_CHARS_MAX) return name
  const end = EXTENSION.exec(name)?.[0] ?? ''
  return `${chars.slice(0, FILE_NAME_CHARS_MAX - end.length - 1).join('')}…${end}`
}

/** What stands behind the last dot, in small letters; empty when there is none. */
export const extensionOf = (name: string): string => EXTENSION.exec(name)?.[1]?.toLowerCase() ?? ''
