import type { Flow } from '#core/contracts/flows/flow.ts'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What starts a flow of which nothing needs to be right yet. */
export function draftTrigger(draft: unknown): Flow['trigger'] {
  const trigger = isObject(draft) && isObject(draft['trigger']) ? draft['trigger'] : {}
  const { type } = trigger
  return {
    type: typeof type === 'string' ? type : '',
    with: (isObject(trigger['with']) ? trigger['with'] : {}) as Flow['trigger']['with'],
    filter: trigger['filter'] as Flow['trigger']['filter'],
    byFlows: trigger['byFlows'] === true,
  }
}
