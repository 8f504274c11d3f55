import type {
  Connection,
  Extension,
  onAuthenticatePayload,
  onTokenSyncPayload,
} from '@hocuspocus/server'
import { decodeJwt } from 'jose'
import type { EndedSessions } from '#activities/auth/ended-sessions.ts'
import type { Presence } from '#core/contracts/events.ts'
import { readToken, type TokenKeys } from '#core/platform/access-token.ts'
import type { Log } from '#core/platform/log.ts'
import { Denied } from '../denied.ts'
import { documentName, type DocumentName } from '../document-name.ts'
import type { SocketContext } from '../gateway.ts'
import { subscriptions } from '../metrics.ts'
import type { Rights } from '../rights.ts'
import type { Seats } from '../seats.ts'
import type { Seers } from '../seers.ts'

/** What is known of who opened a board or a text once their token was read. */
export interface ViewerContext extends SocketContext {
  readonly document: DocumentName
  readonly user: Presence['user']
  /** What they might do on a board when they were let in; of a text it is told while it is open. */
  readonly rights: string | null
  readonly tokenEndsAtMs: number
  readonly sessionId: string | null
}

/** What letting somebody in takes. */
export interface Door {
  readonly seers: Seers
  readonly keys: TokenKeys
  readonly ended: EndedSessions
  readonly rights: Rights
  readonly seats: Seats
}

/**
 * Lets members of a workspace look at its boards and the texts of its cards, and those write in a
 * text who may work on its card; lets them hear what members are told, and each what they are told. The document of a board stays empty: a board is changed by actions
 * and told of by events. A token is renewed on the socket it was said on; where it is not and is over, the socket
 * is closed, and its client comes back with a fresh one.
 */
export function authenticate({ seers, keys, ended, rights, seats }: Door, log: Log): Extension {
  async function ask(asked: DocumentName, userId: string, socket: SocketContext['socket']) {
    try {
      return await seers.of(asked, userId)
    } catch (error) {
      log.warn({ error }, 'could not ask whether somebody may see a document')
      socket.closeBecause('tryLater')
      throw new Denied('unavailable')
    }
  }

  const ends = new Map<Connection, NodeJS.Timeout>()

  async function bearerOf(token: string) {
    const bearer = await readToken(keys, 'api', token)
    if (!bearer || ended.has(bearer.sessionId)) return undefined
    return { ...bearer, tokenEndsAtMs: decodeJwt(token).exp! * 1_000 }
  }

  /** Lets somebody be there until their token is over. */
  function admit(connection: Connection, viewer: ViewerContext): void {
    rights.add(connection, viewer)
    clearTimeout(ends.get(connection))
    const leftMs = viewer.tokenEndsAtMs - Date.now()
    ends.set(
      connection,
      setTimeout(() => viewer.socket.closeBecause('tokenOver'), leftMs),
    )
  }

  return {
    async onAuthenticate(asked: onAuthenticatePayload<SocketContext>): Promise<ViewerContext> {
      const { token, connectionConfig, context } = asked
      connectionConfig.readOnly = true
      const document = documentName(asked.documentName)
      if (!document) throw new Denied('not-found')
      const bearer = await bearerOf(token)
      if (!bearer) throw new Denied('token')
      const { userId, sessionId, tokenEndsAtMs } = bearer
      const seer = await ask(document, userId, context.socket)
      if (!seer) throw new Denied('not-found')
      context.socket.signedIn()
      connectionConfig.readOnly = !seer.mayWrite
      const { user, rights: held } = seer
      return { ...context, document, user, rights: held, tokenEndsAtMs, sessionId }
    },

    /** Another token of the same person; what they may do is asked all the time anyway. */
    async onTokenSync({ token, connection, document, context }: onTokenSyncPayload<ViewerContext>) {
      const bearer = await bearerOf(token)
      if (bearer?.userId !== context.user.id) return context.socket.closeBecause('tokenOver')
      if (!document.hasConnection(connection)) return
      const { sessionId, tokenEndsAtMs } = bearer
      admit(connection, { ...context, sessionId, tokenEndsAtMs })
    },

    async connected({ connection, context }) {
      const viewer = context as ViewerContext
      admit(connection, viewer)
      seats.take(viewer.user.id, viewer.socket)
      subscriptions.inc()
      const closed = viewer.socket.opened()
      connection.onClose(() => {
        closed()
        clearTimeout(ends.get(connection))
        ends.delete(connection)
        subscriptions.dec()
        rights.delete(connection)
      })
    },
  }
}
