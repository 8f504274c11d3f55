import type { Act, Output } from '#core/contracts/flows/run.ts'
import type { TryStart } from '#core/contracts/flows/trying.ts'

/** What an act would give if it were done, as far as that can be told: later steps read it. */
export function wouldGive(
  { type, with: params }: Act,
  { card, actorId }: Pick<TryStart, 'card' | 'actorId'>,
  newId: () => string,
): Output {
  switch (type) {
    case 'approval.ask': {
      const named = (params['to'] as readonly string[]).filter((each) => !each.startsWith('role:'))
      // Whoever has a role is somebody, and enough of them are.
      return { approvers: named.length > 0 ? named : Array.from({ length: 20 }, newId) }
    }
    case 'flow.start':
      return { runId: newId() }
    case 'notify':
    case 'email.send':
      return { count: [params['to']].flat().length, notTold: [] }
    case 'http.request':
      return { status: 200, headers: {}, body: {} }
    case 'webhook.send':
      return { deliveryId: newId() }
    case 'cards.create': {
      const cardIds = [params['titles']].flat().map(newId)
      return { cardIds, count: cardIds.length }
    }
    case 'card.create':
      return { card: { ...withoutTarget(params), id: newId(), boardId: params['target'] } }
    case 'card.edit':
      return { card: { ...card, ...(params['changes'] as object) } }
    default:
      return { card: { ...card, ...withoutTarget(params) }, by: actorId }
  }
}

function withoutTarget({ target: _, ...params }: Output): Output {
  return params
}
