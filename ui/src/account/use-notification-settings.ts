import { onMounted, shallowRef } from 'vue'
import type {
  ChangeNotifications,
  NotificationSetting,
  NotificationSettings,
} from '#core/contracts/notification-settings.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { get, request } from '../shell/http.ts'
import { save } from '../shell/saves.ts'

const PATH = '/notification-settings'

/** How the person is told of each kind of news: painted at once, and taken back if it is refused. */
export function useNotificationSettings() {
  const settings = shallowRef<NotificationSettings>()
  const fault = shallowRef<ApiError>()

  async function load(): Promise<void> {
    try {
      settings.value = await get<NotificationSettings>(PATH)
      fault.value = undefined
    } catch (error) {
      fault.value = asApiError(error)
    }
  }

  async function change(before: NotificationSetting, changes: Partial<NotificationSetting>) {
    const body: ChangeNotifications = { ...changes, kind: before.kind }
    await save(async () => await request<NotificationSetting>('PATCH', PATH, { body }), {
      paint: () => put({ ...before, ...changes }),
      unpaint: () => put(before),
    })
  }

  function put(setting: NotificationSetting): void {
    const { items, sendsMail } = settings.value!
    const others = (each: NotificationSetting) => (each.kind === setting.kind ? setting : each)
    settings.value = { items: items.map(others), sendsMail }
  }

  onMounted(load)
  return { settings, fault, load, change }
}
