import type { CardChanges } from '#core/contracts/kanban.ts'
import type { Id } from '#core/kernel/ids.ts'
import type { Command, Fault, Intent } from './command.ts'

/** Two people changed the same fields of a card; the later one decides what stays. */
export interface Conflict {
  readonly cardId: Id
  readonly mine: CardChanges
  /** What the fields both changed now are. */
  readonly theirs: CardChanges
  /** The card's version with theirs in it: what is changed from here on is no conflict. */
  readonly version: number
  /** The command of mine that is kept until this is decided; none when it was only just given. */
  readonly key?: Id
}

/** The conflict a refusal tells of, if it is one. */
export function conflictOf(intent: Intent, { code, details }: Fault): Conflict | undefined {
  if (intent.type !== 'card.edit' || code !== 'card.conflict') return undefined
  const { version, fields } = (details ?? {}) as { version?: number; fields?: CardChanges }
  if (version === undefined || fields === undefined) return undefined
  return { cardId: intent.targetId, mine: intent.body.changes, theirs: fields, version }
}

/** The conflict that a command was refused for, which waits for a person. */
export function keptConflict({ key, intent, fault }: Command): Conflict | undefined {
  const conflict = fault && conflictOf(intent, fault)
  return conflict && { ...conflict, key }
}

/** What of mine does not touch what they changed; that part can be kept whoever wins. */
export function undisputed({ mine, theirs }: Conflict): CardChanges {
  return Object.fromEntries(Object.entries(mine).filter(([field]) => !(field in theirs)))
}
