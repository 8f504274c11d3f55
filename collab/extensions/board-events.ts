import type { Connection, Extension, onStatelessPayload } from '@hocuspocus/server'
import { BoardResume } from '#core/contracts/events.ts'
import type { Log } from '#core/platform/log.ts'
import type { BoardFeeds } from '../board-feeds.ts'
import type { ViewerContext } from './authenticate.ts'

/** Tells viewers what happens on their board, from where they left off. */
export function boardEvents(feeds: BoardFeeds, log: Log): Extension {
  const followed = new WeakSet<Connection>()

  /** Hocuspocus forgets to wait for this hook: what it throws would end the process. */
  async function resume({ connection, document, payload }: onStatelessPayload): Promise<void> {
    const from = resumption(payload)
    const viewer = connection.context as ViewerContext
    if (!from || viewer.document.kind !== 'board' || !document.hasConnection(connection)) return
    const { socket } = viewer
    const boardId = viewer.document.id
    if (!followed.has(connection)) {
      followed.add(connection)
      connection.onClose(() => feeds.leave(boardId, connection))
    }
    try {
      await feeds.resume(boardId, connection, from)
    } catch (error) {
      log.warn({ error, boardId }, 'could not tell a viewer what it missed')
      socket.closeBecause('tryLater')
    }
  }

  return { onStateless: resume }
}

/** What a viewer asks for, or null when it is nothing we know. */
function resumption(payload: string): BoardResume | null {
  try {
    return BoardResume.safeParse(JSON.parse(payload)).data ?? null
  } catch {
    return null
  }
}
