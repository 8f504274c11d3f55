import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Output, RunCause } from '#core/contracts/flows/run.ts'
import { holds } from '#core/flows/condition.ts'

/** What a trigger asks of what it is given: any one of the ids, or any at all. */
const ASKED: Readonly<Record<string, string>> = {
  from: 'from',
  to: 'to',
  userIds: 'userId',
  labelIds: 'labelId',
  flowIds: 'flowId',
  actions: 'action',
}

/** Whether what has happened starts a flow; a filter that comes to nothing does not. */
export function matches(
  { trigger }: Pick<Flow, 'trigger'>,
  cause: RunCause,
  card: Output,
  byFlow: boolean,
): boolean {
  if (trigger.type !== cause.type || (byFlow && !trigger.byFlows)) return false
  const asked = Object.entries(ASKED).every(([name, given]) => {
    const ids = trigger.with[name] as readonly unknown[] | undefined
    return ids === undefined || ids.includes(cause[given])
  })
  const columns = trigger.with['columnIds'] as readonly unknown[] | undefined
  const column = cause['columnId'] ?? card['columnId']
  if (!asked || (columns && !columns.includes(column))) return false
  const status = trigger.with['status']
  if (status !== undefined && status !== cause['status']) return false
  if (cause.type === 'card.changed' && !changesMatch(trigger.with, cause)) return false
  return !trigger.filter || isHolding(trigger.filter, cause, card)
}

function changesMatch(params: Flow['trigger']['with'], cause: RunCause): boolean {
  const { fields, how } = params as { fields?: readonly string[]; how?: string }
  const changes = cause['changes'] as Readonly<Record<string, readonly [unknown, unknown]>>
  return Object.entries(changes).some(([field, [, after]]) => {
    if (fields && !fields.includes(field)) return false
    if (how === 'set') return after !== null
    return how === 'cleared' ? after === null : true
  })
}

function isHolding(
  filter: NonNullable<Flow['trigger']['filter']>,
  trigger: RunCause,
  card: Output,
): boolean {
  try {
    return holds(filter, { trigger, card, now: trigger.at }, Date.parse(trigger.at))
  } catch {
    return false
  }
}
