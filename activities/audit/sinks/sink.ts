import type { Checkpoint } from '../checkpoint.ts'

/** Where checkpoints are kept, and lines whose time online is over. */
export interface AuditSink {
  /** Keeps a checkpoint. Asked again with the same one it changes nothing. */
  putCheckpoint(checkpoint: Checkpoint): Promise<void>
  /** The checkpoint with the highest number; null when there is none. */
  latestCheckpoint(): Promise<Checkpoint | null>
  /** Keeps lines, one JSON text each, under a name of their own. Asked again it changes nothing. */
  putLines(name: string, lines: readonly string[]): Promise<void>
  /** The lines of a name, as they were put; throws when there are none. */
  readLines(name: string): Promise<string[]>
  close(): Promise<void>
}
