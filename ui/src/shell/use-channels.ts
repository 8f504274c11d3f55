import { onScopeDispose, watch } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { sendTexts } from '../kanban/text/send-texts.ts'
import { useProjects } from '../projects/store.ts'
import { useLive } from './live.ts'
import { useSession } from './session.ts'

type Opened = NonNullable<Awaited<ReturnType<ReturnType<typeof useLive>['open']>>>

/** When the code of the live connection did not come, it is asked for again. */
const AGAIN_MS = 5_000

/** Hears what the person and the members of their workspace are told, for as long as the page is there. */
export function useChannels(): void {
  const [live, session, projects] = [useLive(), useSession(), useProjects()]

  follow(
    () => session.me?.user.id,
    ({ code, tab }, userId) => {
      let standing: string | undefined
      return code.openPersonChannel(tab, userId, {
        connected: () => void sendTexts(),
        hear(message) {
          if (message.kind === 'inbox') live.inboxMark = message.mark
          if (message.kind === 'draining') tab.drains(message.withinMs)
          if (message.kind !== 'standing') return
          // The first is of when the page was read.
          if (standing !== undefined && standing !== message.mark) void projects.loadAnew()
          standing = message.mark
        },
      })
    },
  )

  follow(
    () => session.workspace?.id,
    ({ code, tab }, workspaceId) => {
      let wasHere = false
      live.online = undefined
      return code.openWorkspaceChannel(tab, workspaceId, {
        connected() {
          // What happened while it was away was told to others.
          if (wasHere) void projects.loadLists()
          wasHere = true
        },
        hear(message) {
          if (message.kind === 'lists') void projects.loadLists()
          else live.online = message
        },
      })
    },
  )

  /** Keeps one channel open: that of the newest id. */
  function follow(idOf: () => Id | undefined, open: (opened: Opened, id: Id) => () => void): void {
    let close: (() => void) | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = () => {
      clearTimeout(timer)
      close?.()
      close = undefined
    }
    async function begin(id: Id | undefined): Promise<void> {
      end()
      if (id === undefined) return
      const opened = await live.open()
      if (idOf() !== id || close) return
      if (opened) close = open(opened, id)
      else timer = setTimeout(() => void begin(idOf()), AGAIN_MS)
    }
    watch(idOf, begin, { immediate: true })
    onScopeDispose(end)
  }
}
