import { changeSetting, settingsOf } from '#activities/notifications/settings.ts'
import {
  ChangeNotifications,
  NotificationSetting,
  NotificationSettings,
} from '#core/contracts/notification-settings.ts'
import { actAs, readAs } from '#core/platform/acting-as.ts'
import { logged, ofPerson } from '../installation-log.ts'
import { route, type Route } from '../route.ts'
import { sendsMail } from '../send-letter.ts'

export const notificationSettings: readonly Route[] = [
  route({
    method: 'get',
    path: '/notification-settings',
    summary: 'How the caller is told of each kind of news',
    access: 'session',
    answer: NotificationSettings,
    async handle({ parts, userId }) {
      const items = await readAs(parts.database, { userId }, (trx) => settingsOf(trx, userId))
      return { items, sendsMail: sendsMail(parts) }
    },
  }),
  route({
    method: 'patch',
    path: '/notification-settings',
    summary: 'Change how the caller is told of one kind of news',
    access: 'session',
    body: ChangeNotifications,
    answer: NotificationSetting,
    async handle(call) {
      const { userId, body } = call
      return await logged(
        call,
        async (trx) => {
          await actAs(trx, { userId })
          return await changeSetting(trx, userId, body)
        },
        (after) => ({ ...ofPerson('notifications.change', userId), after }),
      )
    },
  }),
]
