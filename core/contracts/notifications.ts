import { z } from 'zod'
import { PAGE_SIZE_MAX } from '#core/kernel/limits.ts'
import { Id } from './fields.ts'
import { NotificationView, pageOf } from './views.ts'

/** One page of the inbox, newest first, and how many in all are unread. */
export const Inbox = pageOf(NotificationView).extend({ unreadCount: z.int() })
export type Inbox = z.infer<typeof Inbox>

/** Which notifications were read: these, or all there are. */
export const MarkRead = z.union([
  z.strictObject({ ids: z.array(Id).min(1).max(PAGE_SIZE_MAX) }),
  z.strictObject({ all: z.literal(true) }),
])
export type MarkRead = z.infer<typeof MarkRead>

export const Unread = z.strictObject({ unreadCount: z.int() })
export type Unread = z.infer<typeof Unread>
