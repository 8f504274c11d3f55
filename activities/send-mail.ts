import { Worker } from 'bullmq'
import type { Knex } from 'knex'
import { within } from '#core/kernel/within.ts'
import type { Config } from '#core/platform/config.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import type { Log } from '#core/platform/log.ts'
import { openQueueRedis } from '#core/platform/redis.ts'
import { issueReset } from './auth/password-reset.ts'
import { openMail, type Mail, type MailJob } from './mail-queue.ts'
import { changedLetter, resetLetter } from './mail/letters.ts'
import { openMailer, type Mailer, type MailSettings } from './mail/mailer.ts'
import { MAIL_QUEUE } from './queues.ts'

const AT_ONCE_MAX = 2
const STOP_LIMIT_MS = 4_000

interface MailParts {
  readonly config: MailSettings & Pick<Config, 'REDIS_URL' | 'MASTER_KEY' | 'PUBLIC_URL'>
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
    async ({ data }) => await write(openMail(keyring, data), { database, send, ...config }),
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

interface Desk {
  readonly database: Knex
  readonly send: Mailer
  readonly PUBLIC_URL: string
}

async function write(mail: Mail, { database, send, PUBLIC_URL }: Desk): Promise<void> {
  const { kind, email, language } = mail
  if (kind === 'password-changed') return await send(changedLetter(language, email))
  // A letter that is not taken leaves no link behind; the next try makes one of its own.
  await database.transaction(async (trx) => {
    const token = await issueReset(trx, email)
    if (token === null) return
    // Behind the #, so that it stands in no log and no referrer.
    const link = new URL(`/reset-password#${token}`, PUBLIC_URL).href
    await send(resetLetter(language, email, link))
  })
}
