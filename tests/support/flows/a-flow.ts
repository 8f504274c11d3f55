import { checkFlow } from '#core/contracts/flows/check-flow.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Step } from '#core/contracts/flows/step.ts'

type Loose = Omit<Step, 'with'> & { readonly with?: Step['with'] }

/** A step, with the blocks within it. */
export const step = (
  id: string,
  type: string,
  params: Step['with'] = {},
  blocks?: Step['blocks'],
): Step => ({ id, type, with: params, ...(blocks && { blocks }) })

/** A comment: the plainest of all acts. */
export const say = (id: string, text = id, blocks?: Step['blocks']): Step =>
  step(id, 'comment.add', { text }, blocks)

/** A draft of a flow that starts when a card is moved. */
export const draft = (steps: readonly Loose[], more: Record<string, unknown> = {}) => ({
  schema: 'pf.flow/1',
  name: 'A flow',
  trigger: { type: 'card.moved' },
  steps,
  ...more,
})

/** The same, checked as it is when it is published. */
export function aFlow(steps: readonly Loose[], more: Record<string, unknown> = {}): Flow {
  const checked = checkFlow(draft(steps, more))
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems, null, 2))
  return checked.flow
}
