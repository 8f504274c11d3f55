import { createHmac, timingSafeEqual } from 'node:crypto'
import { NOTIFICATION_KINDS, type NotificationKind } from '#core/contracts/views.ts'

/** Whose letters end, and about what. */
export interface Unsubscribed {
  readonly userId: string
  readonly kinds: readonly NotificationKind[]
}

/**
 * What in a letter ends letters of its kinds without signing in. It does no more and does not end,
 * so that a letter of any age can be stopped. `key` is COMMAND_KEY, 32 bytes of base64url.
 */
export function unsubscribeToken(key: string, { userId, kinds }: Unsubscribed): string {
  const text = `${userId}.${kinds.join('-')}`
  return `${text}.${macOf(key, text)}`
}

/** What a token says; null when we have not made it. */
export function readUnsubscribeToken(key: string, token: string): Unsubscribed | null {
  const [userId = '', kinds = '', mac = '', ...more] = token.split('.')
  const [expected, given] = [Buffer.from(macOf(key, `${userId}.${kinds}`)), Buffer.from(mac)]
  if (more.length > 0 || expected.length !== given.length) return null
  if (!timingSafeEqual(expected, given)) return null
  return { userId, kinds: NOTIFICATION_KINDS.filter((kind) => kinds.split('-').includes(kind)) }
}

/** Commands are marked with the same key; theirs begin as JSON does. */
const macOf = (key: string, text: string) =>
  createHmac('sha256', Buffer.from(key, 'base64url'))
    .update(`unsubscribe ${text}`)
    .digest('base64url')
