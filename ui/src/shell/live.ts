import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { WorkspaceMessage } from '#core/contracts/channels.ts'
import { accessToken, renewedToken, renewInMs } from './access.ts'
import { liveCode } from './parts.ts'
import { useSession } from './session.ts'
import type { TabSocket } from './tab-socket.ts'

/** The live connection of this tab, which is opened when something first wants to be told of. */
export const useLive = defineStore('live', () => {
  const session = useSession()
  /** The person is live in other browsers, and this tab waits until they turn to it. */
  const isElsewhere = ref(false)
  /** No socket comes through from here. */
  const isBlocked = ref(false)
  /** Another text when there is something new in the inbox. */
  const inboxMark = ref<string>()
  /** Who is online in the workspace; undefined while it is not known. */
  const online = shallowRef<Extract<WorkspaceMessage, { kind: 'online' }>>()
  let tab: TabSocket | undefined

  /** The code that opens things on the connection, and the connection; undefined while it cannot be had. */
  async function open() {
    const code = await liveCode.load().catch(() => undefined)
    if (!code) return undefined
    tab ??= code.openTabSocket({
      token: async (isOver) => {
        const token = await accessToken(isOver)
        // Whoever was sent away may have another role since.
        if (isOver) void session.load().catch(() => {})
        return token
      },
      renewInMs,
      renew: async () => {
        // Another tab's request, or one of this, may have been first.
        if (renewInMs() === 0) await renewedToken()
      },
      elsewhere: (is) => (isElsewhere.value = is),
      blocked: (is) => (isBlocked.value = is),
    })
    return { code, tab }
  }

  /** Nobody is signed in here any more. */
  function close(): void {
    tab?.close()
    tab = undefined
    isElsewhere.value = isBlocked.value = false
    inboxMark.value = online.value = undefined
  }

  return { isElsewhere, isBlocked, inboxMark, online, open, close }
})
