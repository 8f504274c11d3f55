import type { Readable } from 'node:stream'

interface Kept {
  /** As in `image/png`. */
  readonly mediaType: string
  readonly bytes: number
}

/** As what bytes are given to a browser. */
interface Given {
  readonly mediaType: string
  /** A header Content-Disposition. */
  readonly disposition: string
}

/** Where the bytes of files are kept, each under an id of ours. */
export interface FileStore {
  /** A folder of this machine for what is still coming in; the same file system, where there is one. */
  readonly incoming: string
  /** Of the addresses it gives; null where it gives none. */
  readonly origin: string | null
  /** Takes a file of `incoming` over: it may be moved. Asked again it changes nothing. */
  put(id: string, path: string, kept: Kept): Promise<void>
  /**
   * The bytes as they were put, throws when there are none; or where the store gives them out itself,
   * an address at which whoever has it finds them for a minute, as what `given` says.
   */
  read(id: string, given: Given): Promise<Readable | URL>
  /** Nothing is kept under the id any more, whether or not there was. */
  remove(id: string): Promise<void>
  close(): void
}
