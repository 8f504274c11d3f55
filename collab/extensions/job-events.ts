import type { Connection, Extension, onStatelessPayload } from '@hocuspocus/server'
import { JobFollow } from '#core/contracts/jobs.ts'
import type { JobFeeds } from '../job-feeds.ts'
import type { ViewerContext } from './authenticate.ts'

/** Tells who follows a run of a flow what happens in it, from the event they heard last. */
export function jobEvents(feeds: JobFeeds): Extension {
  const followed = new WeakSet<Connection>()
  return {
    async onStateless({ connection, document, payload }: onStatelessPayload) {
      const { document: opened } = connection.context as ViewerContext
      if (opened.kind !== 'job' || !document.hasConnection(connection)) return
      const asked = readFollow(payload)
      if (!asked) return
      if (!followed.has(connection)) {
        followed.add(connection)
        connection.onClose(() => feeds.leave(opened.id, connection))
      }
      feeds.follow(opened.id, connection, asked.after ?? undefined)
    },
  }
}

/** What somebody asks for, or null when it is nothing we know. */
function readFollow(payload: string): JobFollow | null {
  try {
    return JobFollow.safeParse(JSON.parse(payload)).data ?? null
  } catch {
    return null
  }
}
