import type { Redis } from 'ioredis'
import type { DemoLetter } from '#core/contracts/mail.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Letter } from './letters.ts'

/** The demo reaches no mail server: its letters are kept for a while, for everybody to read. */
const LETTERS_MAX = 50
const KEPT_S = 24 * 60 * 60

const keyOf = (prefix: string) => `${prefix}:demo-mailbox`

/** Keeps a letter; one that bears the name of a letter kept already is that letter, sent again. */
export async function keepLetter(redis: Redis, prefix: string, letter: Letter): Promise<void> {
  const { to, subject, text, messageId = newId() } = letter
  const name = `${keyOf(prefix)}:${messageId}`
  if (await redis.exists(name)) return
  const kept: DemoLetter = { to, subject, text, sentAt: new Date().toISOString() }
  await redis
    .multi()
    .set(name, to, 'EX', KEPT_S)
    .lpush(keyOf(prefix), JSON.stringify(kept))
    .ltrim(keyOf(prefix), 0, LETTERS_MAX - 1)
    .expire(keyOf(prefix), KEPT_S)
    .exec()
}

/** The latest letters, the last first. */
export async function lettersKept(redis: Redis, prefix: string): Promise<DemoLetter[]> {
  const kept = await redis.lrange(keyOf(prefix), 0, LETTERS_MAX - 1)
  return kept.map((text) => JSON.parse(text) as DemoLetter)
}
