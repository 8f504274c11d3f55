import { useTimeoutFn } from '@vueuse/core'
import { shallowRef, watch } from 'vue'
import type { InvitationView } from '#core/contracts/invitations.ts'
import type { RoleGiven } from '#core/contracts/members.ts'
import type { Id } from '#core/kernel/ids.ts'
import { announce } from '../shell/announce.ts'
import { getAll } from '../shell/get-all.ts'
import { request } from '../shell/http.ts'
import { t } from '../shell/i18n/i18n.ts'
import { save } from '../shell/saves.ts'

const WRITTEN_AFTER_MS = 3_000

/** Who is invited to a workspace, for whoever may ask; none where there is nothing to see. */
export function useInvitations(workspaceId: () => Id | undefined) {
  const invitations = shallowRef<readonly InvitationView[]>([])

  const pathOf = (end = '') => `/workspaces/${workspaceId()}/invitations${end}`

  async function load(): Promise<void> {
    if (!workspaceId()) return void (invitations.value = [])
    // The page is about the members: without this list it is less, not broken.
    invitations.value = await getAll<InvitationView>(pathOf()).catch(() => [])
  }

  const { start: loadSoon } = useTimeoutFn(load, WRITTEN_AFTER_MS, { immediate: false })

  /** The second time to see that the letters went out. */
  async function loadTwice(): Promise<void> {
    await load()
    loadSoon()
  }

  /** Throws what stands in the way; then nobody is invited. */
  async function invite(emails: readonly string[], given: RoleGiven): Promise<void> {
    await request('POST', pathOf(), { body: { emails, ...given } })
    announce(t('invitations.sent', emails.length))
    await loadTwice()
  }

  async function sendAgain({ id, email }: InvitationView): Promise<void> {
    const sent = await save(async () => {
      await request('POST', pathOf(`/${id}/send`))
      return true
    })
    if (!sent) return
    announce(t('invitations.sentAgain', { email }))
    await loadTwice()
  }

  async function takeBack({ id, email }: InvitationView): Promise<void> {
    const before = invitations.value
    const taken = await save(async () => (await request('DELETE', pathOf(`/${id}`)), true), {
      paint: () => (invitations.value = before.filter((each) => each.id !== id)),
      unpaint: () => (invitations.value = before),
    })
    if (taken) announce(t('invitations.takenBack', { email }))
  }

  watch(workspaceId, load, { immediate: true })
  return { invitations, invite, sendAgain, takeBack }
}
