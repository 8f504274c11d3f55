import { buffer } from 'node:stream/consumers'
import type { FileStore } from '#activities/files/stores/store.ts'

/** The bytes a store has under an id, had as a browser would; throws when there are none. */
export async function keptBytes(store: FileStore, id: string): Promise<Buffer> {
  const given = { mediaType: 'text/plain', disposition: 'attachment; filename="a.txt"' }
  const content = await store.read(id, given)
  if (!(content instanceof URL)) return await buffer(content)
  const response = await fetch(content)
  if (!response.ok) throw new Error(await response.text())
  return Buffer.from(await response.arrayBuffer())
}

export const isKept = async (store: FileStore, id: string): Promise<boolean> =>
  await keptBytes(store, id).then(
    () => true,
    () => false,
  )
