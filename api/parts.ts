import type { Redis } from 'ioredis'
import type { Knex } from 'knex'
import type { EndedSessions } from '#activities/auth/ended-sessions.ts'
import type { FileTools } from '#activities/files/receive-file.ts'
import type { MailQueue } from '#activities/mail-queue.ts'
import type { TokenKeys } from '#core/platform/access-token.ts'
import type { Config } from '#core/platform/config.ts'
import type { Log } from '#core/platform/log.ts'
import type { ActionEngine } from '#engine/client.ts'
import type { RunControl } from '#engine/run-control.ts'
import type { OidcIssuer } from './oidc-issuer.ts'
import type { QueuesBoard } from './queues-board.ts'
import type { Ears } from './streams/ears.ts'

/** Says how one component is; rejects or answers false when it cannot be used. */
export type Probe = () => Promise<boolean>

/** What the API is made of; a test hands in its own. */
export interface Parts {
  readonly config: Config
  readonly log: Log
  readonly database: Knex
  readonly redis: Redis
  /** Sign and check access tokens. */
  readonly keys: TokenKeys
  /** Whose access tokens are refused though they run on. */
  readonly endedSessions: EndedSessions
  /** Who signs people in besides us, if anybody does. */
  readonly oidc: OidcIssuer | null
  readonly engine: ActionEngine
  /** Reaches runs of flows that are under way. */
  readonly runs: RunControl
  readonly queuesBoard: QueuesBoard
  /** Hear what is told as it happens. */
  readonly ears: Ears
  /** Keep files, and look for viruses in them. */
  readonly files: Pick<FileTools, 'store' | 'scanner'>
  /** Takes letters to be written. */
  readonly mail: MailQueue
  /** The components /ready asks, by name. */
  readonly probes: Readonly<Record<string, Probe>>
}
