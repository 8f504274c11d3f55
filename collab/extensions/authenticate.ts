import type { Extension, onAuthenticatePayload } from '@hocuspocus/server'
import { decodeJwt } from 'jose'
import type { Knex } from 'knex'
import { boardViewer } from '#activities/rbac/queries.ts'
import { Id } from '#core/contracts/fields.ts'
import type { Presence } from '#core/contracts/events.ts'
import { readToken, type TokenKeys } from '#core/platform/access-token.ts'
import { readAs } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'
import type { SocketContext } from '../gateway.ts'

const PREFIX = 'board:'

/** What is known of a viewer of a board once its token was read. */
export interface ViewerContext extends SocketContext {
  readonly boardId: string
  readonly user: Presence['user']
  readonly tokenEndsAtMs: number
}

/** Told to the client as the reason; Hocuspocus logs errors with a message, and this is no fault. */
class Denied extends Error {
  readonly reason: string

  constructor(reason: string) {
    super()
    this.reason = reason
  }
}

/**
 * Lets members of a board's workspace look at it. Its document stays empty and nobody may write
 * to it: a board is changed by actions and told of by events. A socket whose token is over is
 * closed, and its client comes back with a fresh one.
 */
export function authenticate(database: Knex, keys: TokenKeys, log: Log): Extension {
  async function viewerOf(boardId: string, userId: string, socket: SocketContext['socket']) {
    try {
      return await readAs(database, { userId }, (trx) => boardViewer(trx, boardId, userId))
    } catch (error) {
      log.warn({ error }, 'could not ask whether somebody may see a board')
      socket.closeBecause('tryLater')
      throw new Denied('unavailable')
    }
  }

  return {
    async onAuthenticate(asked: onAuthenticatePayload<SocketContext>): Promise<ViewerContext> {
      const { token, documentName, connectionConfig, context } = asked
      connectionConfig.readOnly = true
      const boardId = Id.safeParse(documentName.slice(PREFIX.length)).data
      if (!documentName.startsWith(PREFIX) || !boardId) throw new Denied('not-found')
      const userId = await readToken(keys, 'api', token)
      if (!userId) throw new Denied('token')
      const user = await viewerOf(boardId, userId, context.socket)
      if (!user) throw new Denied('not-found')
      return { ...context, boardId, user, tokenEndsAtMs: decodeJwt(token).exp! * 1_000 }
    },

    async connected({ connection, context }) {
      const { tokenEndsAtMs, socket } = context as ViewerContext
      const end = setTimeout(() => socket.closeBecause('tokenOver'), tokenEndsAtMs - Date.now())
      connection.onClose(() => clearTimeout(end))
    },
  }
}
