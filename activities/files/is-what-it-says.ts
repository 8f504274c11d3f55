import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import type { FileType } from './file-types.ts'

/** So far browsers look into a file to guess what it is. */
const SNIFFED_BYTES = 1_445
const MARKUP = /<(?:!doctype|html|head|body|script|iframe|svg|\?xml)\b/i
const BEGINS_WITH_MARKUP = /^[\s\ufeff]*<(?:!doctype|html|head|body|script|iframe|svg|\?xml)\b/i

/**
 * Whether a file on disk is of the type its name says, by its first bytes, and no page at the same
 * time. Nothing is unpacked but the list of contents by which documents in ZIP files are told apart.
 */
export async function isWhatItSays(path: string, { magic }: FileType): Promise<boolean> {
  const [found, head] = await Promise.all([fileTypeFromFile(path), headOf(path)])
  if (magic === null) {
    return !found && !head.includes('\0') && !BEGINS_WITH_MARKUP.test(head)
  }
  return found !== undefined && magic.includes(found.ext) && !MARKUP.test(head)
}

async function headOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
