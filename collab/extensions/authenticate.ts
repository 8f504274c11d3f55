import type { Extension, onAuthenticatePayload } from '@hocuspocus/server'
import { decodeJwt } from 'jose'
import type { Knex } from 'knex'
import type { EndedSessions } from '#activities/auth/ended-sessions.ts'
import { boardViewer } from '#activities/rbac/queries.ts'
import { Id } from '#core/contracts/fields.ts'
import type { Presence } from '#core/contracts/events.ts'
import { readToken, type TokenKeys } from '#core/platform/access-token.ts'
import { readAs } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'
import type { SocketContext } from '../gateway.ts'
import type { Rights } from '../rights.ts'

const PREFIX = 'board:'

/** What is known of a viewer of a board once its token was read. */
export interface ViewerContext extends SocketContext {
  readonly boardId: string
  readonly user: Presence['user']
  readonly tokenEndsAtMs: number
  readonly sessionId: string | null
}

/** What letting somebody in takes. */
export interface Door {
  readonly database: Knex
  readonly keys: TokenKeys
  readonly ended: EndedSessions
  readonly rights: Rights
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
export function authenticate({ database, keys, ended, rights }: Door, log: Log): Extension {
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
      const bearer = await readToken(keys, 'api', token)
      if (!bearer || ended.has(bearer.sessionId)) throw new Denied('token')
      const { userId, sessionId } = bearer
      const user = await viewerOf(boardId, userId, context.socket)
      if (!user) throw new Denied('not-found')
      const tokenEndsAtMs = decodeJwt(token).exp! * 1_000
      return { ...context, boardId, user, tokenEndsAtMs, sessionId }
    },

    async connected({ connection, context }) {
      const viewer = context as ViewerContext
      const { tokenEndsAtMs, socket } = viewer
      rights.add(viewer)
      const end = setTimeout(() => socket.closeBecause('tokenOver'), tokenEndsAtMs - Date.now())
      connection.onClose(() => {
        clearTimeout(end)
        rights.delete(viewer)
      })
    },
  }
}
