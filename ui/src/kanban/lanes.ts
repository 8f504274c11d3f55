import type { Id } from '#core/kernel/ids.ts'
import type { Intent } from './command.ts'

/**
 * The lanes of a command. A card has one, so that the server sees its changes in order; so has the
 * filling of a column, because «after A» means something only once A has arrived there, and nothing
 * arrives in a column that is still being made.
 */
export function lanesOf(intent: Intent, cardId: Id | undefined): string[] {
  const lanes = intent.type.startsWith('column.') ? ['columns'] : []
  if (cardId !== undefined) lanes.push(cardLane(cardId))
  if ('columnId' in intent.body) lanes.push(`fill:${intent.body.columnId}`)
  return lanes
}

function cardLane(cardId: Id): string {
  return `card:${cardId}`
}
