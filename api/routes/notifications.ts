import { inboxOf, unreadCount } from '#activities/notifications/queries.ts'
import { markRead } from '#activities/notifications/read-marks.ts'
import { InboxAsked } from '#core/contracts/lists.ts'
import { Inbox, MarkRead, Unread } from '#core/contracts/notifications.ts'
import { readAs, writeAs } from '#core/platform/acting-as.ts'
import { route, type Route } from '../route.ts'

export const notifications: readonly Route[] = [
  route({
    method: 'get',
    path: '/notifications',
    summary:
      'What the caller was told, newest first, and how much of it is unread; of flows too with flows=true',
    query: InboxAsked,
    answer: Inbox,
    async handle({ parts: { database }, query, userId }) {
      const [unreadOnly, withFlows] = [query.unread === 'true', query.flows === 'true']
      return await readAs(database, { userId }, async (trx) => {
        const page = await inboxOf(trx, userId, { unreadOnly, withFlows }, query)
        return { ...page, unreadCount: await unreadCount(trx, userId) }
      })
    },
  }),
  route({
    method: 'post',
    path: '/notifications/read',
    summary: 'Mark notifications as read',
    body: MarkRead,
    answer: Unread,
    refusals: ['notification.not_found'],
    async handle({ parts: { database }, body, userId }) {
      return await writeAs(database, { userId }, async (trx) => {
        await markRead(trx, userId, body)
        return { unreadCount: await unreadCount(trx, userId) }
      })
    },
  }),
]
