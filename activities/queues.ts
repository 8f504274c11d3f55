import type { Redis } from 'ioredis'
import type { Knex } from 'knex'
import type { FollowUp } from '#core/platform/handler.ts'
import type { FollowUpHandler } from '#core/platform/follow-up.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import type { Keyring } from '#core/platform/keyring.ts'
import { archiveLines } from './audit/archive-lines.ts'
import type { AuditSink } from './audit/sinks/sink.ts'
import { startFlows, type Runs } from './automation/start-flows.ts'
import { startRequested } from './automation/start-requested.ts'
import { purgeOutbox, purgeOutcomes } from './actions/purge.ts'
import { purgeLinks } from './auth/purge-links.ts'
import { purgeSessions } from './auth/purge-sessions.ts'
import { purgeFiles } from './files/purge-files.ts'
import type { FileStore } from './files/stores/store.ts'
import { purgeDeletedCards } from './kanban/purge-deleted-cards.ts'
import { purgeRemovedAttachments } from './kanban/purge-removed-attachments.ts'
import { forgetLateMail } from './notifications/digests.ts'
import { notifyDue } from './notifications/notify-due.ts'
import { notify } from './notifications/notify.ts'
import { purgeInvitations } from './rbac/purge-invitations.ts'
import { countCards } from './projects/count-cards.ts'
import { emptyWorkspaces } from './rbac/empty-workspaces.ts'
import { purgeVersions } from './texts/purge-versions.ts'
import { indexSource } from './search/index-source.ts'

/** Where BullMQ keeps the queues. */
export interface QueuePlace {
  readonly connection: Redis
  readonly prefix: string
}

/** What keeping house takes: the database, where files are, where the audit goes and what signs it. */
export interface HouseTools {
  readonly database: Knex
  readonly store: FileStore
  readonly sink: AuditSink
  readonly keyring: Keyring
}

/** What following up takes beside the row's own transaction. */
export interface FollowUpTools {
  readonly runs: Runs
}

interface FollowUpQueue {
  /** What the outbox calls it. */
  readonly topic: FollowUp['topic']
  readonly handler: (tools: FollowUpTools) => FollowUpHandler
  readonly atOnceMax: number
  readonly perSecondMax: number
}

/** What follows from actions, by queue. */
export const FOLLOW_UP_QUEUES = {
  notifications: { topic: 'notify', handler: () => notify, atOnceMax: 4, perSecondMax: 500 },
  search: { topic: 'search', handler: () => indexSource, atOnceMax: 2, perSecondMax: 200 },
  counters: { topic: 'counters', handler: () => countCards, atOnceMax: 2, perSecondMax: 200 },
  flows: {
    topic: 'flows',
    handler: ({ runs }) => startFlows(runs),
    atOnceMax: 4,
    perSecondMax: 200,
  },
  'flow-requests': {
    topic: 'flow-requests',
    handler: ({ runs }) => startRequested(runs.startRun),
    atOnceMax: 2,
    // However many messages come in at once: whoever sends them, or works on a board, comes first.
    perSecondMax: 25,
  },
} as const satisfies Record<string, FollowUpQueue>

/** What keeps the house in order, each once an hour; answers how many rows it was about. */
export const HOUSEKEEPING: Readonly<Record<string, (tools: HouseTools) => Promise<number>>> = {
  'notify-due': ({ database }) => notifyDue(database),
  'forget-late-mail': ({ database }) => writeAs(database, THE_HOUSE, forgetLateMail),
  'purge-outcomes': ({ database }) => purgeOutcomes(database),
  'purge-outbox': ({ database }) => purgeOutbox(database),
  'purge-deleted-cards': ({ database }) => purgeDeletedCards(database),
  'purge-removed-attachments': ({ database }) => purgeRemovedAttachments(database),
  'purge-files': ({ database, store }) => purgeFiles(database, store),
  'purge-sessions': ({ database }) => purgeSessions(database),
  'purge-links': ({ database }) => purgeLinks(database),
  'empty-workspaces': ({ database }) => emptyWorkspaces(database),
  'purge-invitations': ({ database }) => purgeInvitations(database),
  'purge-text-versions': ({ database }) => purgeVersions(database),
  'archive-audit': ({ database, sink, keyring }) => archiveLines(database, sink, keyring),
}
export const HOUSEKEEPING_QUEUE = 'housekeeping'
export const HOUSEKEEPING_EVERY_MS = 3_600_000

export const MAIL_QUEUE = 'mail'

/** Letters of news: what is wanted at once goes out within a minute, together. */
export const DIGEST_QUEUE = 'digests'
export const DIGESTS_EVERY_MS = 30_000

export const QUEUE_NAMES = [
  ...Object.keys(FOLLOW_UP_QUEUES),
  HOUSEKEEPING_QUEUE,
  MAIL_QUEUE,
  DIGEST_QUEUE,
]

/** A fault of moments is over by the last try; after that the outbox asks again, later and later. */
export const RETRIES = { attempts: 3, backoff: { type: 'exponential', delay: 500 } } as const

/** A mail server may be away for minutes; by the last try a link is not wanted any more. */
export const MAIL_RETRIES = { attempts: 8, backoff: { type: 'exponential', delay: 2_000 } } as const

/** What operators still see of jobs that are over. */
export const KEPT_JOBS = {
  removeOnComplete: { age: 3_600, count: 1_000 },
  removeOnFail: { age: 7 * 24 * 3_600, count: 1_000 },
} as const
