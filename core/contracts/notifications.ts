import { z } from 'zod'
import { PAGE_SIZE_MAX } from '#core/kernel/limits.ts'
import { Id } from './fields.ts'
import { NotificationView, pageOf } from './views.ts'

/** What somebody was told of a flow, for whoever asks for news of flows too. */
const FlowNews = z.strictObject({
  ...NotificationView.pick({
    id: true,
    actorId: true,
    excerpt: true,
    createdAt: true,
    readAt: true,
  }).shape,
  kind: z.literal('mentioned'),
  flow: z.strictObject({ id: Id, name: z.string(), commentId: Id }),
})

export type News = NotificationView | z.infer<typeof FlowNews>

/** One page of the inbox, newest first, and how many in all are unread. */
export const Inbox = pageOf(z.union([NotificationView, FlowNews])).extend({ unreadCount: z.int() })
export type Inbox = z.infer<typeof Inbox>

/** Which notifications were read: these, or all there are. */
export const MarkRead = z.union([
  z.strictObject({ ids: z.array(Id).min(1).max(PAGE_SIZE_MAX) }),
  z.strictObject({ all: z.literal(true) }),
])
export type MarkRead = z.infer<typeof MarkRead>

export const Unread = z.strictObject({ unreadCount: z.int() })
export type Unread = z.infer<typeof Unread>
