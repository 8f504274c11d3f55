import type { Command, Fault, Intent } from './command.ts'
import { isOpen } from './send-order.ts'

/** Of edits that collide, only the person's last word on a field is asked about. */
export function isOverwritten(
  { intent }: Command,
  { code }: Fault,
  commands: readonly Command[],
): boolean {
  if (intent.type !== 'card.edit' || code !== 'card.conflict') return false
  const later = commands.filter(isOpen).flatMap(({ intent: other, state }) => {
    const isIts = other.type === 'card.edit' && other.targetId === intent.targetId
    return isIts && state !== 'sending' ? Object.keys(other.body.changes) : []
  })
  return Object.keys(intent.body.changes).every((field) => later.includes(field))
}

/**
 * Our own earlier change is not a conflict: later edits of its fields start from its answer.
 * Answers the edits that do so now.
 */
export function rebase({ intent: done, answer }: Command, commands: readonly Command[]): Command[] {
  const card = answer?.card
  if (!card) return []
  const rebased: Command[] = []
  for (const command of commands) {
    const { state, intent } = command
    const isUnsent = state === 'waiting' || state === 'keeping'
    if (!isUnsent || intent.type !== 'card.edit' || intent.targetId !== card.id) continue
    if (!wrote(done, Object.keys(intent.body.changes))) continue
    intent.body.baseVersion = Math.max(intent.body.baseVersion, card.version)
    rebased.push(command)
  }
  return rebased
}

/** Of all other fields the answer may hold what somebody else wrote, and we have not seen. */
function wrote(done: Intent, fields: readonly string[]): boolean {
  if (done.type === 'card.create') return true
  return done.type === 'card.edit' && fields.every((field) => field in done.body.changes)
}
