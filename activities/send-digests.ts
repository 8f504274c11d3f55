import type { Knex } from 'knex'
import type { Config } from '#core/platform/config.ts'
import { zoneOf } from '#core/kernel/time-zone.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { profileOf } from './auth/profile.ts'
import { userById } from './auth/users.ts'
import { digestLetter } from './mail/digest-letter.ts'
import type { Mailer } from './mail/mailer.ts'
import {
  closeDigest,
  gatherDigests,
  holdDigest,
  itemsOf,
  openDigests,
  postponeDigest,
  type DigestItem,
} from './notifications/digests.ts'
import { unsubscribeToken } from './notifications/unsubscribe-token.ts'

/** A mail server that is away is not asked for every letter. */
const FAILURES_MAX = 3

/** What sending letters of news takes. */
export interface DigestDesk {
  readonly database: Knex
  readonly send: Mailer
  readonly config: Pick<Config, 'PUBLIC_URL' | 'COMMAND_KEY'>
}

/**
 * Sends the news that is due by mail, one letter to a person; answers how many. What happens when it
 * dies in between stands in docs/decisions/051.
 */
export async function sendDigests(desk: DigestDesk): Promise<number> {
  const { database } = desk
  await writeAs(database, THE_HOUSE, gatherDigests)
  const open = await writeAs(database, THE_HOUSE, openDigests)
  let [sent, failures] = [0, 0]
  for (const letterId of open) {
    try {
      sent += (await sendDigest(desk, letterId)) ? 1 : 0
    } catch (error) {
      await writeAs(database, THE_HOUSE, (trx) => postponeDigest(trx, letterId))
      failures += 1
      if (failures === FAILURES_MAX) throw error
    }
  }
  return sent
}

/** Sends one letter, and notes so in the transaction that held it; answers whether one was sent. */
async function sendDigest(desk: DigestDesk, letterId: string): Promise<boolean> {
  return await writeAs(desk.database, THE_HOUSE, async (trx) => {
    const userId = await holdDigest(trx, letterId)
    if (userId === null) return false
    const items = await itemsOf(trx, letterId, userId)
    if (items.length > 0) await desk.send(await letterTo(trx, desk, letterId, userId, items))
    await closeDigest(trx, letterId)
    return items.length > 0
  })
}

async function letterTo(
  trx: Knex.Transaction,
  { config }: DigestDesk,
  letterId: string,
  userId: string,
  items: readonly DigestItem[],
) {
  const { email } = (await userById(trx, userId))!
  const { language, timeZone } = (await profileOf(trx, userId))!
  const addressOf = (path: string) => new URL(path, config.PUBLIC_URL).href
  const kinds = [...new Set(items.map(({ kind }) => kind))]
  const token = unsubscribeToken(config.COMMAND_KEY, { userId, kinds })
  return digestLetter({
    letterId,
    to: email,
    language: language ?? 'en',
    timeZone: zoneOf(timeZone),
    items: items.map((item) => ({
      ...item,
      link: addressOf(item.path),
    })),
    settingsLink: addressOf('/profile'),
    stop: {
      page: addressOf(`/unsubscribe#${token}`),
      atOnce: addressOf(`/api/v1/unsubscribe?token=${token}`),
    },
    host: new URL(config.PUBLIC_URL).hostname,
  })
}
