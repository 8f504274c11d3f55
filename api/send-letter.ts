import type { Mail, WantedMail } from '#activities/mail-queue.ts'
import { LANGUAGES } from '#core/kernel/choices.ts'
import type { Context } from './context.ts'
import type { Parts } from './parts.ts'
import { refuse } from './refuse.ts'

interface Asked {
  readonly ctx: Context
  readonly parts: Parts
}

/** Whether letters leave this installation, or are kept for the demo's mailbox. */
export const sendsMail = ({ config }: Pick<Parts, 'config'>): boolean =>
  config.PROJECTFLOW_DEMO || config.SMTP_URL !== undefined

/** Refuses where no letter would ever leave. */
export function needMail({ parts }: Asked): void {
  if (!sendsMail(parts)) throw refuse('mail.not_set_up')
}

/** Has a letter written, in the language of the browser; refuses while letters cannot be queued. */
export async function sendLetter({ ctx, parts }: Asked, wanted: WantedMail): Promise<void> {
  const language = ctx.acceptsLanguages([...LANGUAGES]) || 'en'
  await parts.mail.add({ ...wanted, language: language as Mail['language'] }).catch(() => {
    throw refuse('service.away')
  })
}

/** Tells of a change that has been made: it is not undone because a letter cannot be written. */
export async function tellOfChange(asked: Asked, wanted: WantedMail): Promise<void> {
  await sendLetter(asked, wanted).catch((error: unknown) => {
    asked.parts.log.warn({ error, kind: wanted.kind }, 'nobody is told of a change')
  })
}
