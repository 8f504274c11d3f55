import type { Redis } from 'ioredis'
import { createTransport } from 'nodemailer'
import type { Config } from '#core/platform/config.ts'
import { keepLetter } from './demo-mailbox.ts'
import type { Letter } from './letters.ts'

const LIMIT_MS = 10_000
const limits = {
  connectionTimeout: LIMIT_MS,
  greetingTimeout: LIMIT_MS,
  socketTimeout: LIMIT_MS,
  dnsTimeout: LIMIT_MS,
}

/** Hands a letter over for good, or rejects. */
export type Mailer = (letter: Letter) => Promise<void>

export type MailSettings = Pick<
  Config,
  'PROJECTFLOW_DEMO' | 'SMTP_URL' | 'MAIL_FROM' | 'REDIS_PREFIX'
>

/** To the mail server; in the demo, into its mailbox. */
export function openMailer(config: MailSettings, redis: Redis): Mailer {
  if (config.PROJECTFLOW_DEMO) {
    return async (letter) => await keepLetter(redis, config.REDIS_PREFIX, letter)
  }
  const transport = createTransport({ url: config.SMTP_URL, ...limits })
  return async (letter) => {
    try {
      await transport.sendMail({ from: config.MAIL_FROM, ...letter })
    } catch (error) {
      // What the server says may hold the address, and what fails is kept and shown to operators.
      const { code = 'unknown', responseCode = '' } = error as {
        code?: string
        responseCode?: number
      }
      throw new Error(`The mail server did not take the letter: ${code} ${responseCode}`.trim())
    }
  }
}
