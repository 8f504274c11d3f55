import { z } from 'zod'
import { EMAIL_TIMES } from '#core/kernel/choices.ts'
import { NOTIFICATION_KINDS } from './views.ts'

/** By which ways somebody is told of one kind of news. */
export const NotificationSetting = z.strictObject({
  kind: z.enum(NOTIFICATION_KINDS),
  inInbox: z.boolean(),
  email: z.enum(EMAIL_TIMES),
})
export type NotificationSetting = z.infer<typeof NotificationSetting>

export const NotificationSettings = z.strictObject({
  /** One for each kind there is. */
  items: z.array(NotificationSetting),
  /** Whether letters leave this installation at all. */
  sendsMail: z.boolean(),
})
export type NotificationSettings = z.infer<typeof NotificationSettings>

/** Another way for one kind; what is absent stays as it is. */
export const ChangeNotifications = NotificationSetting.partial()
  .required({ kind: true })
  .refine(({ inInbox, email }) => inInbox !== undefined || email !== undefined, {
    error: 'must change something',
  })
export type ChangeNotifications = z.infer<typeof ChangeNotifications>

const TOKEN_CHARS_MAX = 200

/** What stands in a letter's link that ends such letters. */
export const Unsubscribe = z.strictObject({ token: z.string().min(1).max(TOKEN_CHARS_MAX) })
