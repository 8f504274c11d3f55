import type { beforeHandleAwarenessPayload } from '@hocuspocus/server'
import { expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import { newId } from '#core/kernel/ids.ts'
import { CARETS_SHOWN_MAX } from '#core/kernel/limits.ts'
import type { ViewerContext } from './authenticate.ts'
import { presence } from './presence.ts'

/** What the others are told when somebody says where they write, of so many who have the text open. */
async function toldOf(connections: number): Promise<unknown> {
  const user = { id: newId(), name: 'Ann', hue: 200 }
  const cursor = { anchor: { type: null }, head: { type: null } }
  const said = {
    states: new Map([[7, { cursor, user: { name: 'somebody else' } }]]),
    awareness: new Awareness(new Doc()),
    connection: {},
    context: { user, document: { kind: 'card', id: newId() } } as ViewerContext,
    document: { getClients: () => new Set(), getConnectionsCount: () => connections },
  }
  await presence().beforeHandleAwareness!(said as unknown as beforeHandleAwarenessPayload)
  said.awareness.destroy()
  expect(said.states.get(7)?.user).toEqual(user)
  return said.states.get(7)?.cursor
}

test('where each writes is shown to fifty who have a text open, and to more not any longer', async () => {
  expect(await toldOf(CARETS_SHOWN_MAX)).not.toBeNull()
  expect(await toldOf(CARETS_SHOWN_MAX + 1)).toBeNull()
})
