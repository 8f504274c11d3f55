import { Worker } from 'bullmq'
import type { Knex } from 'knex'
import { within } from '#core/kernel/within.ts'
import type { Config } from '#core/platform/config.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import type { Log } from '#core/platform/log.ts'
import { openQueueRedis } from '#core/platform/redis.ts'
import { openMail, type MailJob } from './mail-queue.ts'
import { openMailer, type MailSettings } from './mail/mailer.ts'
import { MAIL_QUEUE } from './queues.ts'
import { writeLetter } from './write-letter.ts'

const AT_ONCE_MAX = 2
const STOP_LIMIT_MS = 4_000

interface MailParts {
  readonly config: MailSettings &
    Pick<Config, 'REDIS_URL' | 'MASTER_KEY' | 'PUBLIC_URL' | 'SIGN_UP'>
  readonly database: Knex
  readonly log: Log
}

/** Writes and sends the letters that wait, until `stop`. */
export function startMail({ config, database, log }: MailParts): { stop(): Promise<void> } {
  const connection = openQueueRedis(config.REDIS_URL)
  const keyring = readKeyring(config.MASTER_KEY)
  const send = openMailer(config, connection)
  const worker = new Worker<MailJob>(
    MAIL_QUEUE,
    async ({ data }) => await writeLetter({ database, send, config }, openMail(keyring, data)),
    { connection, prefix: config.REDIS_PREFIX, concurrency: AT_ONCE_MAX },
  )
  worker.on('error', (error) => log.debug({ error, queue: MAIL_QUEUE }, 'the worker is disturbed'))
  worker.on('failed', (job, error) => log.error({ error, jobId: job?.id }, 'a letter failed'))
  return {
    async stop() {
      await within(worker.close(), STOP_LIMIT_MS).catch((error: unknown) =>
        log.warn({ error }, 'a queue did not close in time'),
      )
      connection.disconnect()
    },
  }
}
