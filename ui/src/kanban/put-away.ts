import type { CardFace, ColumnView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import type { Intent } from './command.ts'

export const PUT_AWAY = ['archivedCards', 'deletedCards', 'archivedColumns'] as const
export type PutAwayKind = (typeof PUT_AWAY)[number]

/** One row of a list of what was put away, as the API answers it. */
export interface PutAway {
  readonly card?: CardFace
  readonly column?: ColumnView
  readonly archivedAt?: string
  readonly deletedAt?: string
}

/** Where each list is read, and the action that brings something of it back. */
export const LISTS: Readonly<Record<PutAwayKind, { path: string; back: BackAction }>> = {
  archivedCards: { path: 'archived-cards', back: 'card.restore' },
  deletedCards: { path: 'deleted-cards', back: 'card.recover' },
  archivedColumns: { path: 'archived-columns', back: 'column.restore' },
}
type BackAction = 'card.restore' | 'card.recover' | 'column.restore'

export function bringBack(kind: PutAwayKind, targetId: Id): Intent {
  return { type: LISTS[kind].back, targetId, body: {} }
}
