import type { Knex } from 'knex'
import { boardEventsAfter } from '#activities/actions/queries.ts'
import { boardHeads } from '#activities/projects/queries.ts'
import type { BoardMessage } from '#core/contracts/events.ts'
import { RESUME_EVENTS_MAX } from '#core/kernel/limits.ts'
import { boardEventsChannel } from '#core/platform/channels.ts'
import { ofVisible } from '../guards.ts'
import type { Call } from '../route.ts'
import type { Source, Told } from './tell.ts'

const EVENTS_PER_MESSAGE_MAX = 500

interface Place {
  readonly epoch: string
  readonly offset: number
}

type Asked = Call<{ boardId: string }, Place, unknown>

/** What happens on a board from a place on; over when that place cannot be continued. */
export function boardSource(call: Asked): Source {
  const { boardId } = call.params
  const { ears, config } = call.parts
  const channel = { name: boardEventsChannel(config.REDIS_PREFIX), idOf: boardOf }
  let place = placeOf(call)
  return {
    async next() {
      const page = await ofVisible(call, ['board', boardId], (db) => pageAfter(db, boardId, place))
      place = page.place
      return page
    },
    heard: (limitMs, signal) => ears.heard(channel, boardId, limitMs, signal),
  }
}

async function pageAfter(db: Knex, boardId: string, place: Place) {
  const head = (await boardHeads(db, [boardId])).get(boardId)
  const missing = head?.epoch === place.epoch ? head.offset - place.offset : -1
  if (missing === 0) return { told: [], place, isOver: false }
  if (missing < 0 || missing > RESUME_EVENTS_MAX) return reset(place)
  const events = await boardEventsAfter(db, boardId, place.offset, RESUME_EVENTS_MAX)
  if (events[0]?.offset !== place.offset + 1) return reset(place)
  const { epoch } = place
  const told: Told[] = []
  for (let from = 0; from < events.length; from += EVENTS_PER_MESSAGE_MAX) {
    const some = events.slice(from, from + EVENTS_PER_MESSAGE_MAX)
    const data = message({ kind: 'events', epoch, events: some })
    told.push({ id: `${epoch}:${some.at(-1)!.offset}`, data })
  }
  return { told, place: { epoch, offset: events.at(-1)!.offset }, isOver: false }
}

function reset(place: Place): { told: Told[]; place: Place; isOver: boolean } {
  return { told: [{ data: message({ kind: 'reset' }) }], place, isOver: true }
}

/** Where the caller left off: what it heard last counts more than the address it was asked with. */
function placeOf({ ctx, query }: Asked): Place {
  const [, epoch, offset] = /^([\da-f-]{36}):(\d{1,15})$/.exec(ctx.get('last-event-id')) ?? []
  return epoch && offset ? { epoch, offset: Number(offset) } : query
}

const message = (told: BoardMessage) => told

const boardOf = (hint: string) => /"boardId":"([\da-f-]{36})"/.exec(hint)?.[1] ?? ''
