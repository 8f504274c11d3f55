import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { expect } from 'vitest'
import { MAIL_QUEUE } from '#activities/queues.ts'
import { startMail } from '#activities/send-mail.ts'
import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { anApi } from './api.ts'
import { aMailServer } from './mail-server.ts'

const PUBLIC_URL = 'https://flow.example.com'
const WAIT = { timeout: 10_000, interval: 20 }

/** The API with the worker that writes its letters, and a mail server that gets them. */
export async function anApiWithMail(more: Record<string, string> = {}) {
  const mail = await aMailServer()
  const api = await anApi({ SMTP_URL: mail.url, PUBLIC_URL, ...more })
  const { config, redis } = api.parts
  const database = openDatabase({
    url: api.urlOf('worker'),
    name: 'test',
    connectionsMax: 2,
    statementLimitMs: 3_000,
  })
  const worker = startMail({ config, database, log: makeLog('test', 'silent') })

  const lettersTo = (email: string) =>
    mail.letters
      .filter(({ to }) => to === email)
      // A line that is too long for a letter is broken by `=`.
      .map(({ raw }) => raw.replaceAll('=\r\n', '').replaceAll('=3D', '='))

  /** Until every letter that was asked for has been dealt with. */
  async function allWritten(): Promise<void> {
    const connection = new Redis(config.REDIS_URL, { maxRetriesPerRequest: null })
    const queue = new Queue(MAIL_QUEUE, { connection, prefix: config.REDIS_PREFIX })
    const waiting = async () => await queue.getJobCountByTypes('waiting', 'active', 'delayed')
    await expect.poll(waiting, WAIT).toBe(0)
    await queue.close()
    connection.disconnect()
  }

  return {
    api,
    mail,
    lettersTo,
    allWritten,
    /** The tokens of the links to a page, as `/welcome`, in somebody's letters; waits for them. */
    async tokensTo(email: string, page: string, count = 1): Promise<string[]> {
      const link = new RegExp(`${PUBLIC_URL}${page}#([\\w-]{43})`)
      const tokens = () => lettersTo(email).flatMap((raw) => link.exec(raw)?.[1] ?? [])
      await expect.poll(() => tokens().length, WAIT).toBe(count)
      // A link is good once the transaction that sent its letter is over.
      await allWritten()
      return tokens()
    },
    /** Whoever tried too often may try again. */
    async forgetTries(): Promise<void> {
      const keys = await redis.keys(`${config.REDIS_PREFIX}:login:*`)
      if (keys.length > 0) await redis.del(keys)
    },
    async stop() {
      await worker.stop()
      await database.destroy()
      await api.stop()
      await mail.stop()
    },
  }
}
