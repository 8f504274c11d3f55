import type { Readable } from 'node:stream'

interface Kept {
  /** As in `image/png`. */
  readonly mediaType: string
  readonly bytes: number
}

/** Where the bytes of files are kept, each under an id of ours. */
export interface FileStore {
  /** A folder of this machine for what is still coming in; the same file system, where there is one. */
  readonly incoming: string
  /** Takes a file of `incoming` over: it may be moved. Asked again it changes nothing. */
  put(id: string, path: string, kept: Kept): Promise<void>
  /** The bytes as they were put; throws when there are none. */
  read(id: string): Promise<Readable>
  /** Nothing is kept under the id any more, whether or not there was. */
  remove(id: string): Promise<void>
  close(): void
}
