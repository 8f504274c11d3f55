import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { FILE_BYTES_MAX } from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'

/**
 * Writes what comes to a new file, piece by piece, and answers how many bytes it was. Refuses what
 * is too large or nothing, and what ends before its sender said it would. The source is left open:
 * who sends a request is still to be answered on it.
 */
export async function writeLimited(body: Readable, path: string): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const chunk of piecesOf(body)) {
      bytes += chunk.length
      if (bytes > FILE_BYTES_MAX) throw tooLarge()
      await file.writeFile(chunk)
    }
  } finally {
    await file.close()
  }
  if (bytes === 0) throw new Refusal('file.empty', 'The file is empty.')
  return bytes
}

async function* piecesOf(body: Readable): AsyncGenerator<Buffer> {
  try {
    yield* body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  } catch {
    throw new Refusal('file.cut_off', 'The upload ended before the file did.')
  }
}

export function tooLarge(): Refusal {
  const megabytes = FILE_BYTES_MAX / 1024 ** 2
  return new Refusal('file.too_large', `A file may have at most ${megabytes} MB.`)
}
