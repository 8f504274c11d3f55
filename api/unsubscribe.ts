import { changeSetting, settingsOf } from '#activities/notifications/settings.ts'
import {
  readUnsubscribeToken,
  type Unsubscribed,
} from '#activities/notifications/unsubscribe-token.ts'
import { Unsubscribe } from '#core/contracts/notification-settings.ts'
import { actAs } from '#core/platform/acting-as.ts'
import type { Context, Middleware } from './context.ts'
import { logged, ofPerson } from './installation-log.ts'
import { readBytes } from './middleware/body.ts'
import type { Parts } from './parts.ts'
import { UNSUBSCRIBE_PATH } from './paths.ts'
import { readQuery } from './query.ts'
import { refuse } from './refuse.ts'
import { read } from './validate.ts'

/** RFC 8058 has it hold `List-Unsubscribe=One-Click`. */
const BYTES_MAX = 1_024
const METHODS = new Set(['GET', 'HEAD', 'POST'])

/**
 * Ends letters of the kinds that the token in the address names, as mail programs ask for it: with
 * a POST, without signing in (RFC 8058). Who merely opens the address finds a page that asks first.
 */
export function unsubscribe(parts: Parts): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== UNSUBSCRIBE_PATH || !METHODS.has(ctx.method)) return await next()
    const { token } = read(Unsubscribe, readQuery(ctx.querystring), 'query')
    ctx.set('cache-control', 'no-store')
    if (ctx.method !== 'POST') return ctx.redirect(`/unsubscribe#${encodeURIComponent(token)}`)
    await readBytes(ctx, BYTES_MAX)
    const told = readUnsubscribeToken(parts.config.COMMAND_KEY, token)
    if (!told) throw refuse('link.over')
    await endLetters({ ctx, parts }, told)
    ctx.status = 204
  }
}

async function endLetters(asked: { ctx: Context; parts: Parts }, told: Unsubscribed) {
  const { userId, kinds } = told
  await logged(
    asked,
    async (trx) => {
      await actAs(trx, { userId })
      const before = await settingsOf(trx, userId)
      const ended = before.filter(({ kind, email }) => kinds.includes(kind) && email !== 'never')
      for (const { kind } of ended) await changeSetting(trx, userId, { kind, email: 'never' })
      return { before, after: await settingsOf(trx, userId), isChange: ended.length > 0 }
    },
    ({ before, after, isChange }) =>
      isChange
        ? { ...ofPerson('notifications.change', userId), before: { before }, after: { after } }
        : null,
  )
}
