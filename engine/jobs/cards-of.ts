import type { Act } from '#core/contracts/flows/run.ts'

const CHANGES_NONE: ReadonlySet<string> = new Set([
  'approval.ask',
  'card.read',
  'cards.find',
  'code.run',
  'email.send',
  'flow.start',
  'http.request',
  'notify',
  'webhook.send',
])

/** How many changes of cards an act makes at most. */
export function cardsOf({ type, with: params }: Pick<Act, 'type' | 'with'>): number {
  if (CHANGES_NONE.has(type)) return 0
  return type === 'cards.create' ? [params['titles']].flat().length : 1
}
