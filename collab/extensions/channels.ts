import type { connectedPayload, Extension } from '@hocuspocus/server'
import type { Online } from '../online.ts'
import type { People } from '../people.ts'
import type { ViewerContext } from './authenticate.ts'

/** Tells people of their inbox and their roles, and the members of a workspace of it and each other. */
export function channels(people: People, online: Online): Extension {
  return {
    async connected({ connection, context }: connectedPayload) {
      const { document, user, socket } = context as ViewerContext
      if (document.kind === 'user') {
        people.add(connection, user.id, socket)
        connection.onClose(() => people.delete(connection))
      }
      if (document.kind === 'workspace') {
        const tab = {
          workspaceId: document.id,
          userId: user.id,
          socketId: socket.id,
          sendStateless: (message: string) => connection.sendStateless(message),
        }
        online.add(tab)
        connection.onClose(() => online.delete(tab))
      }
    },
  }
}
