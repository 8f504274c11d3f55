import { Queue } from 'bullmq'
import type { Language } from '#core/kernel/choices.ts'
import { within } from '#core/kernel/within.ts'
import type { Config } from '#core/platform/config.ts'
import { open, seal } from '#core/platform/envelope.ts'
import { readKeyring, type Keyring } from '#core/platform/keyring.ts'
import { openQueueRedis } from '#core/platform/redis.ts'
import { KEPT_JOBS, MAIL_QUEUE, MAIL_RETRIES } from './queues.ts'

const ADD_LIMIT_MS = 2_000
const CLOSE_LIMIT_MS = 2_000
const CONTEXT = 'mail'

type About =
  | { readonly kind: 'reset-link' | 'password-changed' | 'session-reused' | 'sign-up' }
  | { readonly kind: 'email-change'; readonly userId: string }
  | { readonly kind: 'email-changed'; readonly newEmail: string }
  | { readonly kind: 'invitation'; readonly invitationId: string }
  | {
      readonly kind: 'flow'
      readonly id: string
      readonly subject: string
      readonly text: string
    }
  /** By whom they can sign in from now on, as people call it. */
  | { readonly kind: 'identity-linked'; readonly issuer: string }

/** What is to be written to an address. Whether anybody has it, the worker finds out. */
export type WantedMail = About & { readonly email: string }
/** The language is for who has not chosen one. */
export type Mail = WantedMail & { readonly language: Language }

/** As it lies in Redis, where operators see it: sealed. */
export interface MailJob {
  readonly sealed: string
}

export interface MailQueue {
  /** Rejects while Redis is away; then nothing will be sent. */
  add(mail: Mail): Promise<void>
  close(): Promise<void>
}

export function openMailQueue(
  config: Pick<Config, 'REDIS_URL' | 'REDIS_PREFIX' | 'MASTER_KEY'>,
): MailQueue {
  const connection = openQueueRedis(config.REDIS_URL)
  const keyring = readKeyring(config.MASTER_KEY)
  const queue = new Queue<MailJob>(MAIL_QUEUE, {
    connection,
    prefix: config.REDIS_PREFIX,
    defaultJobOptions: { ...MAIL_RETRIES, ...KEPT_JOBS },
  }).on('error', () => {})
  return {
    async add(mail) {
      // What a flow writes has an id: whoever asks for it again asks for the same letter.
      const once = mail.kind === 'flow' ? { jobId: mail.id } : {}
      await within(queue.add(mail.kind, sealMail(keyring, mail), once), ADD_LIMIT_MS)
    },
    async close() {
      await within(queue.close(), CLOSE_LIMIT_MS).catch(() => {})
      connection.disconnect()
    },
  }
}

function sealMail(keyring: Keyring, mail: Mail): MailJob {
  return { sealed: seal(keyring, Buffer.from(JSON.stringify(mail)), CONTEXT).toString('base64') }
}

export function openMail(keyring: Keyring, { sealed }: MailJob): Mail {
  return JSON.parse(open(keyring, Buffer.from(sealed, 'base64'), CONTEXT).toString()) as Mail
}
