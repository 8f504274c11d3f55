import { expect } from 'vitest'
import type { Knex } from 'knex'
import type { CardFace } from '#core/contracts/views.ts'
import { boardEventsAfter } from '#activities/actions/queries.ts'
import { boardView } from '#activities/kanban/queries.ts'
import { applyEvent } from '../../ui/src/kanban/apply-event.ts'
import { serverState, type ServerState } from '../../ui/src/kanban/server-state.ts'

const EVENTS_MAX = 10_000

/** Somebody who read a board once and follows its events since, as the browser does. */
export async function aViewer(database: Knex, userId: string, boardId: string) {
  const read = async () => serverState((await boardView(database, userId, boardId))!)
  let state = await read()

  /** Hears of what has happened since; reads the board again only when an event says so. */
  async function follow(): Promise<void> {
    const events = await boardEventsAfter(database, boardId, state.offset, EVENTS_MAX)
    for (const event of events) {
      const effect = applyEvent(state, event)
      expect(effect.kind, `event ${event.offset}, ${event.type}`).not.toBe('gap')
      if (effect.kind === 'reload') state = await read()
    }
  }

  /** Fails unless what was heard amounts to what a fresh read answers. */
  async function seesTheTruth(): Promise<void> {
    await follow()
    expect(seen(state)).toEqual(seen(await read()))
  }

  return { follow, seesTheTruth }
}

/** The state in an order of its own: lists of links have none. */
const seen = (state: ServerState) => ({
  ...state,
  cards: new Map([...state.cards].map(([id, face]) => [id, sorted(face)])),
})

const sorted = (face: CardFace) => ({
  ...face,
  ...(face.labels && { labels: face.labels.toSorted() }),
  ...(face.assignees && { assignees: face.assignees.toSorted() }),
})
