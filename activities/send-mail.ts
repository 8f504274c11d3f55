import { Worker } from 'bullmq'
import type { Knex } from 'knex'
import { within } from '#core/kernel/within.ts'
import type { Config } from '#core/platform/config.ts'
import { inJobSpan } from '#core/platform/job-span.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import type { Log } from '#core/platform/log.ts'
import { openQueueRedis } from '#core/platform/redis.ts'
import { keepTimetable } from './keep-timetable.ts'
import { openMail, type MailJob } from './mail-queue.ts'
import { openMailer, type MailSettings } from './mail/mailer.ts'
import { DIGEST_QUEUE, DIGESTS_EVERY_MS, MAIL_QUEUE } from './queues.ts'
import { sendDigests } from './send-digests.ts'
import { writeLetter } from './write-letter.ts'

const AT_ONCE_MAX = 2
const STOP_LIMIT_MS = 4_000

interface MailParts {
  readonly config: MailSettings &
    Pick<Config, 'REDIS_URL' | 'MASTER_KEY' | 'COMMAND_KEY' | 'PUBLIC_URL' | 'SIGN_UP'>
  readonly database: Knex
  readonly log: Log
}

/** Writes and sends the letters that wait, and those of news, until `stop`. */
export function startMail({ config, database, log }: MailParts): { stop(): Promise<void> } {
  const connection = openQueueRedis(config.REDIS_URL)
  const place = { connection, prefix: config.REDIS_PREFIX }
  const keyring = readKeyring(config.MASTER_KEY)
  const desk = { database, send: openMailer(config, connection), config }
  const worker = new Worker<MailJob>(
    MAIL_QUEUE,
    async (job) =>
      await inJobSpan(MAIL_QUEUE, job, () => writeLetter(desk, openMail(keyring, job.data))),
    { ...place, concurrency: AT_ONCE_MAX },
  )
  worker.on('error', (error) => log.debug({ error, queue: MAIL_QUEUE }, 'the worker is disturbed'))
  worker.on('failed', (job, error) => log.error({ error, jobId: job?.id }, 'a letter failed'))
  const jobs = { 'send-digests': async () => await sendDigests(desk) }
  const timetable = { queue: DIGEST_QUEUE, everyMs: DIGESTS_EVERY_MS, jobs }
  const digests = sendsNews(config) ? keepTimetable(place, timetable, log) : null
  return {
    async stop() {
      const closing = Promise.all([worker.close(), digests?.close()])
      await within(closing, STOP_LIMIT_MS).catch((error: unknown) =>
        log.warn({ error }, 'a queue did not close in time'),
      )
      connection.disconnect()
    },
  }
}

/** Without a mail server news waits for one, as long as it is news. */
const sendsNews = ({ PROJECTFLOW_DEMO, SMTP_URL }: MailParts['config']) =>
  PROJECTFLOW_DEMO || SMTP_URL !== undefined
