import { onMounted, shallowRef } from 'vue'
import type { Profile } from '#core/contracts/profile.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { get, request } from '../shell/http.ts'
import { followBrowser } from '../shell/i18n/i18n.ts'
import { save } from '../shell/saves.ts'
import { useSession } from '../shell/session.ts'

/** The person's own profile: what is changed is painted at once, and taken back if it is refused. */
export function useProfile() {
  const session = useSession()
  const profile = shallowRef<Profile>()
  const fault = shallowRef<ApiError>()

  async function load(): Promise<void> {
    try {
      profile.value = await get<Profile>('/profile')
      fault.value = undefined
    } catch (error) {
      fault.value = asApiError(error)
    }
  }

  async function change(changes: Partial<Profile>): Promise<void> {
    const before = profile.value!
    const saved = await save(
      async () => await request<Profile>('PATCH', '/profile', { body: changes }),
      {
        paint: () => (profile.value = { ...before, ...changes }),
        unpaint: () => (profile.value = before),
      },
    )
    // The rest of the page shows their name and speaks their language.
    if (!saved) return
    if (saved.language === null) await followBrowser().catch(() => {})
    await session.load().catch(() => {})
  }

  onMounted(load)
  return { profile, fault, load, change }
}
