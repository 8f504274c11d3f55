import type { Knex } from 'knex'
import type { Config } from '#core/platform/config.ts'
import { issueEmailChange } from './auth/change-email.ts'
import { issueReset } from './auth/password-reset.ts'
import { profileOf } from './auth/profile.ts'
import { issueSignUp } from './auth/sign-up.ts'
import { languageOf, userIdByEmail } from './auth/users.ts'
import type { Mail } from './mail-queue.ts'
import {
  accountLetter,
  changedLetter,
  flowLetter,
  invitationLetter,
  linkedLetter,
  movedLetter,
  moveLetter,
  resetLetter,
  reusedLetter,
  signUpLetter,
} from './mail/letters.ts'
import type { Mailer } from './mail/mailer.ts'
import { issueInvitation } from './rbac/issue-invitation.ts'

/** What writing a letter takes. */
interface Desk {
  readonly database: Knex
  readonly send: Mailer
  readonly config: Pick<Config, 'PUBLIC_URL' | 'SIGN_UP'>
}

/** Finds out what is to be written to the address of a mail, if anything, and sends it. */
export async function writeLetter(desk: Desk, asked: Mail): Promise<void> {
  const { email } = asked
  const language = await languageFor(desk, asked)
  const mail = { ...asked, language }
  switch (mail.kind) {
    case 'reset-link':
      return await writeReset(desk, mail)
    case 'password-changed':
      return await desk.send(changedLetter(language, email))
    case 'session-reused':
      return await desk.send(reusedLetter(language, email))
    case 'identity-linked':
      return await desk.send(linkedLetter(language, email, mail.issuer))
    case 'sign-up':
      return await writeSignUp(desk, mail)
    case 'email-change':
      return await writeEmailChange(desk, mail)
    case 'email-changed':
      return await desk.send(movedLetter(language, email, mail.newEmail))
    case 'invitation':
      return await writeInvitation(desk, mail)
    case 'flow':
      return await desk.send(flowLetter(email, mail, new URL(desk.config.PUBLIC_URL).hostname))
  }
}

// A letter that is not taken leaves no link behind; the next try makes one of its own.

async function writeReset({ database, send, config }: Desk, { email, language }: Mail) {
  await database.transaction(async (trx) => {
    const token = await issueReset(trx, email)
    if (token === null) return
    await send(resetLetter(language, email, linkTo(config, `/reset-password#${token}`)))
  })
}

async function writeSignUp({ database, send, config }: Desk, { email, language }: Mail) {
  await database.transaction(async (trx) => {
    const isKnown = (await userIdByEmail(trx, email)) !== null
    if (!isKnown && config.SIGN_UP === 'closed') return
    // Also where no link comes of it: it counts the letters to an address.
    const token = await issueSignUp(trx, email)
    if (token === null) return
    const letter = isKnown
      ? accountLetter(language, email, linkTo(config, '/login'))
      : signUpLetter(language, email, linkTo(config, `/welcome#${token}`))
    await send(letter)
  })
}

async function writeEmailChange(
  { database, send, config }: Desk,
  { email, language, userId }: Mail & { readonly userId: string },
) {
  await database.transaction(async (trx) => {
    const token = await issueEmailChange(trx, userId, email)
    if (token === null) return
    const letter = (await userIdByEmail(trx, email))
      ? accountLetter(language, email, linkTo(config, '/login'))
      : moveLetter(language, email, linkTo(config, `/confirm-address#${token}`))
    await send(letter)
  })
}

async function writeInvitation(
  { database, send, config }: Desk,
  { language, invitationId }: Mail & { readonly invitationId: string },
) {
  await issueInvitation(database, invitationId, async ({ token, email, ...names }) => {
    const link = linkTo(config, `/invitation#${token}`)
    await send(invitationLetter(language, email, { link, ...names }))
  })
}

/** What the person reads, though the address is not theirs yet or no more; else what was asked for. */
async function languageFor({ database }: Desk, mail: Mail): Promise<Mail['language']> {
  const chosen =
    mail.kind === 'email-change'
      ? (await profileOf(database, mail.userId))?.language
      : await languageOf(database, mail.kind === 'email-changed' ? mail.newEmail : mail.email)
  return chosen ?? mail.language
}

/** Tokens stand behind the #, so that they are in no log and no referrer. */
const linkTo = ({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>, address: string) =>
  new URL(address, PUBLIC_URL).href
