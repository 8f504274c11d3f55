import type { Redis } from 'ioredis'
import type { Knex } from 'knex'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Config } from '#core/platform/config.ts'
import { openEgress } from '#core/platform/egress/egress.ts'
import { jobTeller } from '#core/platform/job-events.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { recordAudit } from './audit/record.ts'
import { flowLoader, runSettler } from './automation/index.ts'
import type { ActTools, CancelRun, StartRun, TellEnd } from './automation/tools.ts'
import type { MailQueue } from './mail-queue.ts'
import { addToInboxes } from './notifications/add-to-inboxes.ts'
import { toldSeldom } from './told-seldom.ts'

export interface FlowParts {
  readonly config: Pick<
    Config,
    | 'COMMAND_KEY'
    | 'MASTER_KEY'
    | 'REDIS_PREFIX'
    | 'EGRESS_OPEN_NETWORKS'
    | 'PROJECTFLOW_DEMO'
    | 'SMTP_URL'
  >
  readonly database: Knex
  readonly redis: Redis
  readonly mails: Pick<MailQueue, 'add'>
  readonly apply: ActTools['apply']
  readonly startRun: StartRun
  readonly tellEnd: TellEnd
  readonly cancelRun: CancelRun
}

/** What runs of flows act with. */
export function flowTools(parts: FlowParts): ActTools {
  const { config, database, redis, mails, apply, startRun, tellEnd, cancelRun } = parts
  const countLetter = toldSeldom(redis, config.REDIS_PREFIX, 'letters')
  const countNews = toldSeldom(redis, config.REDIS_PREFIX, 'news')
  const write: ActTools['write'] = async (letter) => {
    if (!config.PROJECTFLOW_DEMO && config.SMTP_URL === undefined) {
      throw new Refusal('mail.not_set_up', 'This installation sends no e-mail.')
    }
    await countLetter(letter.email)
    await mails.add({ kind: 'flow', language: 'en', ...letter })
  }
  return {
    database,
    commandKey: config.COMMAND_KEY,
    keyring: readKeyring(config.MASTER_KEY),
    egress: openEgress({
      redis,
      redisPrefix: config.REDIS_PREFIX,
      openNetworks: config.EGRESS_OPEN_NETWORKS,
    }),
    apply,
    tellJob: jobTeller(redis, config.REDIS_PREFIX),
    countNews,
    tell: addToInboxes,
    write,
    startRun,
    recordAudit,
    settle: runSettler(database, { startRun, tellEnd, cancelRun, tell: addToInboxes, write }),
    loadFlow: flowLoader(database),
  }
}
