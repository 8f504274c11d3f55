import type { Id } from '#core/kernel/ids.ts'
import type { Intent } from './command.ts'

/**
 * The lanes of a command. A card has one, so that the server sees its changes in order; so has the
 * filling of a column, because «after A» means something only once A has arrived there.
 */
export function lanesOf(intent: Intent, cardId: Id | undefined): string[] {
  if (intent.type.startsWith('column.')) return ['columns']
  const lanes = cardId === undefined ? [] : [cardLane(cardId)]
  if (intent.type === 'card.move' || intent.type === 'card.create') {
    lanes.push(`fill:${intent.body.columnId}`)
  }
  return lanes
}

function cardLane(cardId: Id): string {
  return `card:${cardId}`
}
