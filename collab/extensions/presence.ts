import type { beforeHandleAwarenessPayload, Extension } from '@hocuspocus/server'
import { z } from 'zod'
import { Presence } from '#core/contracts/events.ts'
import { FlowPresence } from '#core/contracts/flows/presence.ts'
import { TextPresence } from '#core/contracts/texts.ts'
import { CARETS_SHOWN_MAX } from '#core/kernel/limits.ts'
import type { ViewerContext } from './authenticate.ts'

/** What a viewer may tell of itself: which cards it has open and carries, where in a text it writes, or which step of a flow it has chosen. */
const TOLD = {
  board: Presence.pick({ cardId: true, carried: true }),
  card: TextPresence.pick({ cursor: true }),
  // Only so that something is said on the socket now and then.
  user: z.object({}),
  workspace: z.never(),
  job: z.never(),
  flow: FlowPresence.omit({ user: true }),
}

/**
 * Who looks at a board, a text or a flow. Who a viewer is we say ourselves, and it speaks for one entry only,
 * so nobody can pose as somebody else or crowd the board.
 */
export function presence(): Extension {
  return {
    async beforeHandleAwareness(said: beforeHandleAwarenessPayload<ViewerContext>) {
      const { states, awareness, connection, document, context } = said
      if (!connection || !context) return
      const known = awareness.getStates() as Map<number, Presence>
      let entry = [...document.getClients(connection)][0] as number | undefined

      for (const [clientId, state] of states) {
        const { data } = TOLD[context.document.kind].safeParse(state)
        const holder = known.get(clientId)?.user.id ?? context.user.id
        if (!data || holder !== context.user.id || clientId !== (entry ?? clientId)) {
          states.delete(clientId)
          continue
        }
        entry = clientId
        // Each caret is told to each of them, at each key: too much for all of a crowd.
        const isCrowd = document.getConnectionsCount() > CARETS_SHOWN_MAX
        const caret = 'cursor' in data && isCrowd ? { cursor: null } : {}
        states.set(clientId, { user: context.user, ...data, ...caret })
      }
    },
  }
}
